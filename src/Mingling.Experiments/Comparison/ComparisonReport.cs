using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Comparison;

/// <summary>A comparison of losses. Its JSON form has these names in camel case.</summary>
public sealed record ComparisonReport
{
    /// <summary>The losses in the order given. Differences are to the first.</summary>
    public required IReadOnlyList<VariantScore> Variants { get; init; }

    /// <summary>The pairs of words that count as similar, most confused first: the same for all variants.</summary>
    public required IReadOnlyList<WordPair> SimilarPairs { get; init; }

    /// <summary>The number of folds; 1 is a single split.</summary>
    public required int Folds { get; init; }

    /// <summary>Whether speakers are known, so that folds are divided by them; otherwise by recordings, which share their speakers.</summary>
    public required bool SpeakersKnown { get; init; }

    /// <summary>The number of seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>How often every clip is seen.</summary>
    public required int Epochs { get; init; }

    /// <summary>The words that the main runs learn.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The words by which few-shot recognition and refusal are measured; empty where they are not.</summary>
    public required IReadOnlyList<string> HeldOutWords { get; init; }

    /// <summary>Clips that judge, over all folds.</summary>
    public required int ValidationClips { get; init; }

    /// <summary>Runs that are finished.</summary>
    public required int FinishedRuns { get; init; }

    /// <summary>Runs that failed.</summary>
    public required int FailedRuns { get; init; }

    /// <summary>Runs that were not made yet.</summary>
    public required int MissingRuns { get; init; }

    /// <summary>The report as one JSON object.</summary>
    public string ToJson() => ReportJson.Serialize(this);
}
