namespace Mingling.Corpora;

/// <summary>Where recordings come from and how they are read and split.</summary>
public sealed record CorpusSource
{
    /// <summary>The corpus' folder or manifest, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>How it is read.</summary>
    public CorpusOptions Options { get; init; } = new();

    /// <summary>How it is split.</summary>
    public SplitOptions Splits { get; init; } = new();
}
