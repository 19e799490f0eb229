using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Enrollment;

/// <summary>
/// Makes verifiers (<see cref="CommandVerifier"/>): a few recordings of a command by one person against other speech. The best other speech is
/// that of the same person and room, because what tells the recordings from it is then the word, and not the voice. The bias is such that the
/// log odds of a command rise by 1 where the same person says it once more, on average over the recordings, each judged by a verifier made from
/// others: other speech, which is less like them, then reaches lower scores than without, and thresholds hold. For one thread at a time.
/// </summary>
public sealed class VerifierTrainer
{
    private const int LeastExamples = 2, MostExamples = 100, MostOthers = 4000, MostFolds = 10;
    private const double Decay = 0.001, Raise = 1, ShortestSeconds = 0.05;

    private readonly ModelCard _card;
    private readonly ExampleEmbedder _embedder;
    private readonly EnrollmentSettings _settings;
    private readonly List<float[]> _others;

    /// <summary>Hears the other speech.</summary>
    /// <param name="model">The model.</param>
    /// <param name="card">Its card.</param>
    /// <param name="background">Recordings in which no command is said, of any length; best some minutes.</param>
    /// <param name="settings">Requirements on the recordings of commands; null means the defaults, but at least 0.05 s of sound, because the model
    /// knows the words.</param>
    /// <exception cref="ArgumentException">The settings are wrong, or there is no other speech.</exception>
    /// <exception cref="SampleStreamException">A sample of the other speech is not finite or is beyond ±256.</exception>
    public VerifierTrainer(IPosteriorModel model, ModelCard card, IEnumerable<AudioClip> background, EnrollmentSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(background);
        _settings = settings ?? new EnrollmentSettings { ShortestSeconds = ShortestSeconds };
        _settings.Validate();
        _card = card;
        _embedder = new ExampleEmbedder(model, card);
        _others = Hear(model, card, background);
        if (_others.Count == 0) throw new ArgumentException("There is no other speech to tell the commands from; give recordings in which none is said.", nameof(background));
    }

    /// <summary>Makes the verifier of a command.</summary>
    /// <param name="word">The command, trained or enrolled.</param>
    /// <param name="examples">2 to 100 recordings of it.</param>
    /// <returns>The verifier, and what is wrong with recordings that were left out.</returns>
    /// <exception cref="ArgumentException">The word is no command of the model, there are too few or too many recordings that can be used.</exception>
    public VerifierResult Train(string word, IReadOnlyList<EnrollmentExample> examples)
    {
        Verifiers.CheckCommand(_card, word);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count is < LeastExamples or > MostExamples) throw new ArgumentException($"A verifier takes {LeastExamples} to {MostExamples} recordings of a command, not {examples.Count}.", nameof(examples));
        var findings = new List<EnrollmentFinding>();
        var used = new List<EnrollmentExample>();
        foreach (var example in ExampleEmbedder.WithoutCopies(examples))
        {
            int known = findings.Count;
            findings.AddRange(SoundCheck.FindProblems(example, _settings, _card.WindowSeconds));
            if (findings.Count == known) used.Add(example);
        }
        if (used.Count == 0) throw new ArgumentException($"No recording of '{word}' can be used: {findings[0].Text}", nameof(examples));
        if (used.Count < LeastExamples) throw new ArgumentException($"A verifier of '{word}' takes at least {LeastExamples} different recordings of it that can be used.", nameof(examples));
        float[][] own = [.. used.Select(_embedder.Embed)];
        double[] solution = Fit(own);
        double bias = solution[^1] + Raise - OfUnheard(own);
        return new VerifierResult(new CommandVerifier(word, [.. solution[..^1].Select(weight => MathF.Round((float)weight, 4))], bias, own.Length), findings);
    }

    private double[] Fit(IReadOnlyList<float[]> own) => LogisticRegression.Fit(own, _others, Decay);

    /// <summary>What recordings reach on average, each judged by a regression that has not heard it.</summary>
    private double OfUnheard(float[][] own)
    {
        int folds = Math.Min(own.Length, MostFolds);
        return Enumerable.Range(0, folds).SelectMany(fold =>
        {
            double[] solution = Fit([.. own.Where((_, i) => i % folds != fold)]);
            return own.Where((_, i) => i % folds == fold).Select(example => solution[^1] + example.Select((x, i) => x * solution[i]).Sum());
        }).Average();
    }

    /// <summary>The directions of the embeddings of all windows, or of as many at equal distances as are enough.</summary>
    private static List<float[]> Hear(IPosteriorModel model, ModelCard card, IEnumerable<AudioClip> background)
    {
        var heard = new List<float[]>();
        int every = 1, windows = 0;
        foreach (var clip in background)
        {
            var stream = new PosteriorStream(model, clip.SampleRate, SpotterSettings.FromCard(card), (step, _, embedding) =>
            {
                if (!step.IsEvaluated || windows++ % every != 0) return;
                float[] direction = Direction.Normalize(embedding);
                if (direction.Any(x => x != 0)) heard.Add(direction);
                if (heard.Count < 2 * MostOthers) return;
                heard = [.. heard.Where((_, i) => i % 2 == 0)];
                every *= 2;
            });
            stream.Push(clip.Samples);
            stream.Complete();
        }
        return heard;
    }
}

/// <summary>A verifier, and what is wrong with recordings that it is not made from.</summary>
/// <param name="Verifier">The verifier, ready to be set in a card.</param>
/// <param name="Findings">What is wrong, in the order of the recordings; those named here were left out.</param>
public sealed record VerifierResult(CommandVerifier Verifier, IReadOnlyList<EnrollmentFinding> Findings);
