using System.Globalization;
using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Enrollment;

/// <summary>
/// Makes a new word from a few examples: its prototype is the mean of their embeddings, each of length 1 (Snell, Swersky and Zemel 2017,
/// "Prototypical networks for few-shot learning", with cosines); of recordings and synthetic examples the mean of both means.
/// The threshold is the mean of two cosines: of an example with the mean of the others, on average (0.9 with one example), and of the prototype
/// with the nearest other command or, if that is nearer, with the background that only the allowed share exceeds (0.5 where neither is known).
/// The background is what is given, or the cohort of other words that the model file carries. No more than the allowed share of it reaches the
/// threshold, and of a word from synthetic examples alone just that share does. For one thread at a time.
/// </summary>
public sealed class WordEnroller
{
    private const double UsualSimilarity = 0.9, UsualOther = 0.5;
    private const int MostExamples = 10, MostSynthetic = 100;

    private readonly IPosteriorModel _model;
    private readonly ModelCard _card;
    private readonly EnrollmentSettings _settings;
    private readonly ClipFeaturizer _featurizer;

    /// <summary>Prepares to enrol words.</summary>
    /// <param name="model">The model.</param>
    /// <param name="card">Its card, with the commands that exist.</param>
    /// <param name="settings">Requirements on the examples; null means the defaults.</param>
    /// <exception cref="ArgumentException">The settings are wrong.</exception>
    public WordEnroller(IPosteriorModel model, ModelCard card, EnrollmentSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(card);
        _settings = settings ?? new EnrollmentSettings();
        _settings.Validate();
        (_model, _card) = (model, card);
        _featurizer = new ClipFeaturizer(new ClipWindow(card.Features, card.WindowSeconds));
    }

    /// <summary>Makes a word of its examples.</summary>
    /// <param name="word">Its name; new, and not in underscores.</param>
    /// <param name="examples">1 to 10 recordings of it, up to 100 synthetic examples, or both.</param>
    /// <param name="background">Embeddings of windows in which the word is not said; null for those that the model file carries.</param>
    /// <returns>The word, and what is wrong with the examples.</returns>
    /// <exception cref="ArgumentException">The name is taken or no name, there are no or too many examples, or one has no sound at all.</exception>
    public EnrollmentResult Enroll(string word, IReadOnlyList<EnrollmentExample> examples, IReadOnlyList<float[]>? background = null)
    {
        EnrolledWords.CheckName(_card, word);
        ArgumentNullException.ThrowIfNull(examples);
        int synthetic = examples.Count(example => example.IsSynthetic);
        if (examples.Count == 0 || examples.Count - synthetic > MostExamples)
            throw new ArgumentException($"A word is enrolled from 1 to {MostExamples} examples, not {examples.Count - synthetic}.", nameof(examples));
        if (synthetic > MostSynthetic) throw new ArgumentException($"A word is enrolled from at most {MostSynthetic} synthetic examples, not {synthetic}.", nameof(examples));
        examples = WithoutCopies(examples);
        synthetic = examples.Count(example => example.IsSynthetic);
        var embedded = examples.Select(example => (Example: example, Direction: Embed(example))).ToList();
        float[] prototype = Direction.Normalize(Mean([.. embedded.GroupBy(one => one.Example.IsSynthetic, one => one.Direction, (_, group) => Direction.Normalize(Mean([.. group])))]));
        bool isSynthetic = synthetic == examples.Count;
        // Recordings tell how much a word varies; programs speak it too much alike.
        if (!isSynthetic) embedded.RemoveAll(one => one.Example.IsSynthetic);
        examples = [.. embedded.Select(one => one.Example)];
        float[][] directions = [.. embedded.Select(one => one.Direction)];
        double[] similarities = [.. directions.Select((direction, i) => directions.Length == 1 ? UsualSimilarity : Direction.Cosine(direction, Mean([.. directions.Where((_, j) => j != i)])))];
        (string Name, double Similarity)[] others = [.. Others().Select(other => (other.Word, Direction.Cosine(prototype, other.Vector))).OrderByDescending(other => other.Item2)];

        EnrollmentFinding[] findings =
        [
            .. isSynthetic ? [] : examples.SelectMany(example => SoundCheck.FindProblems(example, _settings, _card.WindowSeconds)),
            .. isSynthetic ? [] : Outliers(examples, similarities),
            .. others.Where(other => 1 - other.Similarity < _settings.SmallestDistance).Select(other => TooClose(word, other)),
        ];
        double nearest = others.Length == 0 ? double.NegativeInfinity : others[0].Similarity;
        double threshold = Threshold(isSynthetic, similarities.Average(), nearest, Exceeded(prototype, background ?? _card.Cohort));
        return new EnrollmentResult(new EnrolledWord(word, prototype, directions.Length, Math.Clamp(threshold, -1, 1)), findings);
    }

    /// <summary>Each recording once: a copy tells nothing of how much a word varies.</summary>
    private static List<EnrollmentExample> WithoutCopies(IReadOnlyList<EnrollmentExample> examples)
    {
        var kept = new List<EnrollmentExample>();
        foreach (var example in examples)
        {
            if (!kept.Exists(known => known.IsSynthetic == example.IsSynthetic && known.Clip.SampleRate == example.Clip.SampleRate
                && known.Clip.Samples.AsSpan().SequenceEqual(example.Clip.Samples)))
                kept.Add(example);
        }
        return kept;
    }

    /// <summary>The existing commands and their prototypes.</summary>
    private IEnumerable<(string Word, float[] Vector)> Others() =>
        _card.Prototypes.Where(prototype => Vocabulary.IsCommand(prototype.Key)).Select(prototype => (prototype.Key, prototype.Value))
            .Concat(_card.Enrolled.Select(enrolled => (enrolled.Word, enrolled.Vector)));

    private float[] Embed(EnrollmentExample example)
    {
        if (SampleCheck.FirstWrong(example.Clip.Samples) is >= 0 and var wrong)
            throw new ArgumentException($"sample {wrong} of {example.Name} {SampleCheck.Problem(example.Clip.Samples[wrong])}.");
        if (example.Clip.Samples.All(sample => sample == 0)) throw new ArgumentException($"{example.Name} has no sound at all; record it anew.");
        float[] posteriors = new float[_model.Classes.Count];
        float[] embedding = new float[_model.EmbeddingSize];
        _model.Run(_featurizer.Compute(Resampler.Resample(example.Clip, _card.Features.SampleRate).Samples), posteriors, embedding);
        return Direction.Normalize(embedding);
    }

    private IEnumerable<EnrollmentFinding> Outliers(IReadOnlyList<EnrollmentExample> examples, double[] similarities)
    {
        // Of two examples that differ, both have the same distance, so neither is known to be the wrong one.
        double usual = examples.Count > 2 ? similarities.Order().ElementAt(similarities.Length / 2) : UsualSimilarity;
        for (int i = 0; i < examples.Count; i++)
        {
            if (usual - similarities[i] <= _settings.LargestExtraDistance) continue;
            double distance = 1 - similarities[i];
            string text = string.Create(CultureInfo.InvariantCulture, $"{examples[i].Name} does not sound like the other examples (distance {distance:0.00}, usual is {1 - usual:0.00}); leave it out or record it anew.");
            yield return new EnrollmentFinding(EnrollmentProblem.Outlier,
                new Remark("enroll.outlier", text, ("example", examples[i].Name), ("distance", Math.Round(distance, 2)), ("usual", Math.Round(1 - usual, 2))), examples[i].Name, distance);
        }
    }

    private EnrollmentFinding TooClose(string word, (string Name, double Similarity) other)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"'{word}' sounds like the command '{other.Name}' (distance {1 - other.Similarity:0.00}, at least {_settings.SmallestDistance:0.00} is safe); choose another word.");
        return new EnrollmentFinding(EnrollmentProblem.TooClose, new Remark("enroll.close", text, ("word", word), ("other", other.Name), ("distance", Math.Round(1 - other.Similarity, 2)), ("least", _settings.SmallestDistance)), other.Name, 1 - other.Similarity);
    }

    /// <param name="isSynthetic">Whether a program spoke all examples.</param>
    /// <param name="own">The usual similarity of an example to the others.</param>
    /// <param name="nearest">The similarity of the nearest other command, −∞ where there is none.</param>
    /// <param name="exceeded">What the allowed share of the background reaches; null without background.</param>
    private static double Threshold(bool isSynthetic, double own, double nearest, double? exceeded)
    {
        // What a program says is so alike that it does not tell how far a person may be from it.
        if (isSynthetic && exceeded is { } least) return least;
        double other = Math.Max(nearest, exceeded ?? (double.IsFinite(nearest) ? nearest : UsualOther));
        return Math.Max((own + other) / 2, exceeded ?? -1);
    }

    /// <summary>The cosine that only the allowed share of the background exceeds; null without background.</summary>
    private double? Exceeded(float[] prototype, IReadOnlyList<float[]> background)
    {
        if (background.Count == 0) return null;
        double[] similarities = [.. background.Select(embedding => Direction.Cosine(prototype, embedding)).OrderDescending()];
        return similarities[Math.Min(similarities.Length - 1, (int)(_settings.FalseAcceptanceRate * similarities.Length))];
    }

    private static float[] Mean(float[][] vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
}
