namespace Mingling.Training.Recipes;

/// <summary>The rule by which batches are put together.</summary>
public enum BatchKind
{
    /// <summary>What the loss needs: offline triplets, P classes with K clips each where pairs are compared, shuffled otherwise.</summary>
    Auto,

    /// <summary>All clips of an epoch in random order.</summary>
    Shuffled,

    /// <summary>P classes with K clips each (Hermans et al. 2017).</summary>
    Classes,

    /// <summary>Every class comes up equally often.</summary>
    Balanced,
}

/// <summary>How batches are put together.</summary>
public sealed record BatchSettings
{
    /// <summary>The rule. Default: Auto.</summary>
    public BatchKind Kind { get; init; } = BatchKind.Auto;

    /// <summary>
    /// K, the clips of each class in a batch of P classes with K clips each; P is the batch size divided by K, at most the number of
    /// classes. Range: 2 to the batch size. Default: 4.
    /// </summary>
    public int ClipsPerClass { get; init; } = 4;

    /// <summary>
    /// The share of a batch's classes that the present model confuses most with the first one; the others are drawn. Only for batches of
    /// P classes with K clips each. Range: 0 to 1. Default: 0, which is chance alone.
    /// </summary>
    public double ConfusableShare { get; init; }

    /// <summary>
    /// After how many epochs the present model embeds all training clips anew, for offline mining and for batches of confusable classes.
    /// Range: at least 1. Default: 5.
    /// </summary>
    public int MiningInterval { get; init; } = 5;
}
