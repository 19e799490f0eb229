using System.Globalization;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Enrollment;

/// <summary>
/// Makes a new word from a few examples, with a prototype for each recording and a threshold (<see cref="EmbeddedExamples"/>); synthetic
/// examples are in the mean alone, which of recordings and synthetic examples is the mean of both means (Snell, Swersky and Zemel 2017,
/// "Prototypical networks for few-shot learning", with cosines).
/// Where other words are known, the threshold is measured from what the allowed share of them exceeds or, if that is nearer, from the nearest
/// trained command, and no more than the allowed share reaches it; of a word from synthetic examples alone just that share does. These other
/// words are what is given, or the cohort that the model file carries. Without them the nearest command counts. For one thread at a time.
/// </summary>
public sealed class WordEnroller
{
    private const int MostExamples = 10, MostSynthetic = 100;

    private readonly ModelCard _card;
    private readonly EnrollmentSettings _settings;
    private readonly ExampleEmbedder _embedder;

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
        _card = card;
        _embedder = new ExampleEmbedder(model, card);
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
        examples = ExampleEmbedder.WithoutCopies(examples);
        synthetic = examples.Count(example => example.IsSynthetic);
        var embedded = examples.Select(example => (Example: example, Direction: _embedder.Embed(example))).ToList();
        float[] mean = EmbeddedExamples.Mean([.. embedded.GroupBy(one => one.Example.IsSynthetic, one => one.Direction, (_, group) => EmbeddedExamples.Mean([.. group]))]);
        bool isSynthetic = synthetic == examples.Count;
        // Recordings tell how much a word varies; programs speak it too much alike.
        if (!isSynthetic) embedded.RemoveAll(one => one.Example.IsSynthetic);
        examples = [.. embedded.Select(one => one.Example)];
        float[][] directions = [.. embedded.Select(one => one.Direction)];
        double[] similarities = EmbeddedExamples.OwnSimilarities(directions);
        (string Name, double Similarity)[] others = [.. Trained().Concat(Enrolled()).Select(other => (other.Word, Direction.Cosine(mean, other.Vector))).OrderByDescending(other => other.Item2)];

        EnrollmentFinding[] findings =
        [
            .. isSynthetic ? [] : examples.SelectMany(example => SoundCheck.FindProblems(example, _settings, _card.WindowSeconds)),
            .. isSynthetic ? [] : Outliers(examples, similarities),
            .. others.Where(other => 1 - other.Similarity < _settings.SmallestDistance).Select(other => TooClose(word, other)),
        ];
        var made = EmbeddedExamples.WithoutThreshold(word, mean, isSynthetic ? [] : directions) with { Count = directions.Length };
        double? exceeded = EmbeddedExamples.Exceeded(made, background ?? _card.Cohort, _settings.FalseAcceptanceRate);
        // What a program says is so alike that it does not tell how far a person may be from it.
        double threshold = isSynthetic && exceeded is { } least ? least : EmbeddedExamples.Threshold(similarities, Other(made, exceeded), exceeded);
        return new EnrollmentResult(made with { Threshold = Math.Clamp(threshold, -1, 1) }, findings);
    }

    /// <summary>
    /// The similarity of what a word must be told from. Trained words yield to an enrolled one; of enrolled ones the most similar is taken, so
    /// that they are held off by the threshold only where nothing else is known.
    /// </summary>
    private double? Other(EnrolledWord made, double? exceeded)
    {
        var similarity = new WordSimilarity(made);
        double[] commands = [.. (exceeded is null ? Trained().Concat(Enrolled()) : Trained()).Select(other => similarity.Measure(other.Vector))];
        return commands.Length == 0 ? exceeded : Math.Max(commands.Max(), exceeded ?? -1);
    }

    private IEnumerable<(string Word, float[] Vector)> Trained() =>
        _card.Prototypes.Where(prototype => Vocabulary.IsCommand(prototype.Key)).Select(prototype => (prototype.Key, prototype.Value));

    private IEnumerable<(string Word, float[] Vector)> Enrolled() => _card.Enrolled.Select(enrolled => (enrolled.Word, enrolled.Vector));

    private IEnumerable<EnrollmentFinding> Outliers(IReadOnlyList<EnrollmentExample> examples, double[] similarities)
    {
        // Of two examples that differ, both have the same distance, so neither is known to be the wrong one.
        double usual = examples.Count > 2 ? similarities.Order().ElementAt(similarities.Length / 2) : EmbeddedExamples.UsualSimilarity(_card.Cohort.Count > 0);
        for (int i = 0; i < similarities.Length; i++)
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
}
