namespace Mingling.Experiments.Evaluation;

/// <summary>
/// How well a model refuses words that it did not learn, by its softmax scores. Its JSON form has these names in camel case.
/// </summary>
public sealed record OpenSetReport
{
    /// <summary>The words that the model knows, in ordinal order; those of which no clip was judged are among them.</summary>
    public required IReadOnlyList<string> KnownWords { get; init; }

    /// <summary>The words to refuse in ordinal order.</summary>
    public required IReadOnlyList<string> UnknownWords { get; init; }

    /// <summary>The number of clips of known words.</summary>
    public required int KnownClips { get; init; }

    /// <summary>The number of clips of unknown words.</summary>
    public required int UnknownClips { get; init; }

    /// <summary>
    /// The figures, with percentile intervals of 1,000 bootstrap samples of the clips. They take clips as independent, though clips of
    /// one speaker are not quite.
    /// </summary>
    public required OpenSetScore Score { get; init; }
}
