namespace Mingling.Experiments.Comparison;

/// <summary>What one run of a comparison reached, measured with the weights after its last epoch.</summary>
public sealed record JobResult
{
    /// <summary>The share of the validation clips that are recognised.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The accuracy after the best epoch: too good, as the clips that judge also chose the epoch.</summary>
    public required double? BestEpochAccuracy { get; init; }

    /// <summary>The mean time of an epoch, by the clock and beside other runs.</summary>
    public required double SecondsPerEpoch { get; init; }

    /// <summary>Distance within words divided by distance between words; null where it cannot be measured.</summary>
    public required double? IntraInterRatio { get; init; }

    /// <summary>The smallest d′ of two words; null where no word has two clips.</summary>
    public required double? WorstPairDPrime { get; init; }

    /// <summary>The two words of it; empty without.</summary>
    public required IReadOnlyList<string> WorstPair { get; init; }

    /// <summary>5-shot accuracy on held-out words; null where it was not measured.</summary>
    public double? FewShotAccuracy { get; init; }

    /// <summary>The area under the curve of known against held-out words; null where it was not measured.</summary>
    public double? UnknownAuroc { get; init; }

    /// <summary>The share of known clips rejected where 5 % of the clips of held-out words are accepted; null where it was not measured.</summary>
    public double? FrrAtFar5 { get; init; }

    /// <summary>What went wrong in the training without ending it, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The words, in the order of the numbers below.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The word said in each validation clip.</summary>
    public required IReadOnlyList<int> Said { get; init; }

    /// <summary>The word recognised in each validation clip.</summary>
    public required IReadOnlyList<int> Recognized { get; init; }
}
