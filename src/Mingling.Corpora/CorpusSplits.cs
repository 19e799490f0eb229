namespace Mingling.Corpora;

/// <summary>A corpus divided into training, validation and test; each clip is in one of them, in the corpus' order.</summary>
public sealed record CorpusSplits
{
    /// <summary>The clips to learn from.</summary>
    public required IReadOnlyList<CorpusClip> Train { get; init; }

    /// <summary>The clips that decide when to stop.</summary>
    public required IReadOnlyList<CorpusClip> Validation { get; init; }

    /// <summary>The clips that judge the finished model; often empty.</summary>
    public required IReadOnlyList<CorpusClip> Test { get; init; }

    /// <summary>
    /// The clips of unwanted words that fall to validation: voices that were not heard say words that were not learned. Empty where all
    /// words are wanted.
    /// </summary>
    public IReadOnlyList<CorpusClip> OtherValidation { get; init; } = [];

    /// <summary>What the user should know about these splits, with codes and values.</summary>
    public IReadOnlyList<Remark> Remarks { get; init; } = [];

    /// <summary>The sentences of <see cref="Remarks"/>.</summary>
    public IReadOnlyList<string> Warnings => [.. Remarks.Select(remark => remark.Text)];

    /// <summary>The clips of a split.</summary>
    public IReadOnlyList<CorpusClip> Of(Split split) => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        _ => Test,
    };

    /// <summary>The split of each clip that is in one; the values can be null so that any other clip has null.</summary>
    internal Dictionary<CorpusClip, Split?> SplitOfClips()
    {
        var splitOf = new Dictionary<CorpusClip, Split?>();
        foreach (var split in Enum.GetValues<Split>())
        {
            foreach (var clip in Of(split))
                splitOf[clip] = split;
        }
        return splitOf;
    }
}
