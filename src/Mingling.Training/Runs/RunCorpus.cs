namespace Mingling.Training.Runs;

/// <summary>Which recordings a run learns from, so that it can be continued and its held-out clips can be told from the others.</summary>
public sealed record RunCorpus
{
    /// <summary>Where the recordings came from.</summary>
    public required CorpusSource Source { get; init; }

    /// <summary>The training clips, each as <c>label|name</c>.</summary>
    public required IReadOnlyList<string> TrainingClips { get; init; }

    /// <summary>The validation clips, each as <c>label|name</c>.</summary>
    public required IReadOnlyList<string> ValidationClips { get; init; }
}
