using Mingling.Training.Corpora;

namespace Mingling.Training.Runs;

/// <summary>Where a run's recordings came from, so that it can be continued and its held-out clips can be found again.</summary>
public sealed record RunCorpus
{
    /// <summary>The corpus folder or manifest, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>How it was read and split.</summary>
    public required CorpusOptions Options { get; init; }

    /// <summary>Folder of noise recordings mixed into training clips; null means noise made by the trainer.</summary>
    public string? Noise { get; init; }

    /// <summary>The names of the training clips, relative to the corpus.</summary>
    public required IReadOnlyList<string> TrainingClips { get; init; }

    /// <summary>The names of the validation clips, relative to the corpus.</summary>
    public required IReadOnlyList<string> ValidationClips { get; init; }
}
