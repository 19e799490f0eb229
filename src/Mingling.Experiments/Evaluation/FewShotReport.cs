namespace Mingling.Experiments.Evaluation;

/// <summary>
/// How well words are recognised of which a few clips were enrolled, and how well other words are refused. Its JSON form has these
/// names in camel case.
/// </summary>
public sealed record FewShotReport
{
    /// <summary>K, the clips by which each word was enrolled.</summary>
    public required int Shots { get; init; }

    /// <summary>How often enrolment clips were drawn; the intervals of <see cref="Scores"/> are over these draws.</summary>
    public required int Repeats { get; init; }

    /// <summary>The seed of the draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The enrolled words in ordinal order.</summary>
    public required IReadOnlyList<string> KnownWords { get; init; }

    /// <summary>The words to refuse in ordinal order; empty where there are none.</summary>
    public required IReadOnlyList<string> UnknownWords { get; init; }

    /// <summary>The number of clips: enrolled, tested and unknown.</summary>
    public required int Clips { get; init; }

    /// <summary>The number of clips of known words that are tested in each repetition.</summary>
    public required int TestedClips { get; init; }

    /// <summary>The number of clips of unknown words.</summary>
    public required int UnknownClips { get; init; }

    /// <summary>How the clips were chosen, in words; null where nobody said.</summary>
    public string? Choice { get; init; }

    /// <summary>Clips that could not be read; they are not judged.</summary>
    public int Unreadable { get; init; }

    /// <summary>The mean accuracy with words enrolled as <c>mingling enroll</c> does, the headline.</summary>
    public double Accuracy => Scores[0].Accuracy.Mean;

    /// <summary>The mean AUROC with words enrolled so; null where there are no unknown words.</summary>
    public double? Auroc => Scores[0].Auroc?.Mean;

    /// <summary>The mean equal error rate with words enrolled so; null where there are no unknown words.</summary>
    public double? Eer => Scores[0].Eer?.Mean;

    /// <summary>
    /// The ways of scoring: <c>enrolled</c>, <c>class-mean</c>, <c>knn</c>, and <c>softmax</c> where it can be. Each figure is the mean over the
    /// repetitions with Student's 95 % interval of that mean: how far the draw of the enrolment clips moves it, not how other speakers
    /// or words would.
    /// </summary>
    public required IReadOnlyList<OpenSetScore> Scores { get; init; }

    /// <summary>Why there are no softmax scores; null where there are.</summary>
    public string? NoSoftmax { get; init; }

    /// <summary>The episodic protocol, for comparison; null where none was asked for.</summary>
    public EpisodeReport? Episodes { get; init; }

    /// <summary>The report as one JSON object.</summary>
    public string ToJson() => ReportJson.Serialize(this);
}
