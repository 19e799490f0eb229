using Mingling.MetricLearning.Distances;

namespace Mingling.MetricLearning.Losses;

/// <summary>How a batch must be put together for a loss.</summary>
public enum BatchComposition
{
    /// <summary>In any way: each sample is judged by itself.</summary>
    Any,

    /// <summary>Some classes have several samples, because samples of a class are compared: P classes with K samples each.</summary>
    Classes,

    /// <summary>Every class has exactly the same number of samples: few-shot episodes.</summary>
    Episodes,

    /// <summary>Rows come in threes, anchor, positive and negative, looked up in the whole training set beforehand.</summary>
    Triplets,
}

/// <summary>What a loss requires of the batches, by which a trainer chooses how to put them together.</summary>
public sealed record BatchRequirement
{
    private BatchRequirement(BatchComposition composition) => Composition = composition;

    /// <summary>Batches of any kind.</summary>
    public static BatchRequirement Any { get; } = new(BatchComposition.Any);

    /// <summary>Batches in which some classes have several samples.</summary>
    public static BatchRequirement Classes { get; } = new(BatchComposition.Classes);

    /// <summary>Batches in which every class has exactly <paramref name="shots"/> samples.</summary>
    /// <param name="shots">The number of samples of each class, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 2.</exception>
    public static BatchRequirement Episodes(int shots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shots, 2);
        return new BatchRequirement(BatchComposition.Episodes) { Shots = shots };
    }

    /// <summary>Batches of triplets that were looked up in the whole training set.</summary>
    /// <param name="measure">What compares the samples when their hard neighbours are looked up.</param>
    public static BatchRequirement Triplets(PairMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new BatchRequirement(BatchComposition.Triplets) { Measure = measure };
    }

    /// <summary>How batches must be put together.</summary>
    public BatchComposition Composition { get; }

    /// <summary>The number of samples of each class in episodes; 0 elsewhere.</summary>
    public int Shots { get; private init; }

    /// <summary>What compares samples when triplets are looked up; null elsewhere.</summary>
    public PairMeasure? Measure { get; private init; }
}
