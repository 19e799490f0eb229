namespace Mingling.MetricLearning.Sampling;

/// <summary>Settings of <see cref="PkBatchSampler"/>.</summary>
public sealed record PkBatchOptions
{
    /// <summary>P, the number of different classes in a batch: from 2 to the number of classes.</summary>
    public required int ClassesPerBatch { get; init; }

    /// <summary>K, the number of clips of each class in a batch, at least 1; metric losses need 2.</summary>
    public required int ClipsPerClass { get; init; }

    /// <summary>The seed of all random choices.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether a class with fewer than K clips may fill its place with repeated clips. Default: false, which is an error.</summary>
    public bool AllowRepeats { get; init; }

    /// <summary>How alike the classes are, every class of the labels among them. Default: null, which means that chance alone decides.</summary>
    public ClassSimilarity? Similarity { get; init; }

    /// <summary>
    /// The share of the P − 1 companions of a batch's first class that are its most similar ones, 0 … 1; the others are drawn by
    /// chance. Default: 0.5. Without effect where <see cref="Similarity"/> is null.
    /// </summary>
    public double ConfusableShare { get; init; } = 0.5;
}
