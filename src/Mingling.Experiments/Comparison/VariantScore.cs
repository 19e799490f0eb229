namespace Mingling.Experiments.Comparison;

/// <summary>
/// One loss of a comparison. Figures are means over its finished main runs, those on held-out words over its probe runs where there are
/// any; all with the weights after the last epoch. Null stands for what could not be measured.
/// </summary>
public sealed record VariantScore
{
    /// <summary>The loss.</summary>
    public required string Loss { get; init; }

    /// <summary>The share of validation clips that are recognised.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The standard deviation of the accuracy over folds and seeds, with n − 1; null with one run.</summary>
    public double? AccuracyDeviation { get; init; }

    /// <summary>The accuracy at the best epoch of each run: too good, as the clips that judge chose the epoch.</summary>
    public double? BestEpochAccuracy { get; init; }

    /// <summary>Of the clips of similar words, the share taken for the other word of their pair.</summary>
    public double? SimilarPairError { get; init; }

    /// <summary>Distance within words divided by distance between words: smaller is better.</summary>
    public double? IntraInterRatio { get; init; }

    /// <summary>The d′ of the closest two words of each run: greater is better.</summary>
    public double? WorstPairDPrime { get; init; }

    /// <summary>5-shot accuracy by class means on words that were not learned.</summary>
    public double? FewShotAccuracy { get; init; }

    /// <summary>The area under the curve of known against unknown words, by the classifier's greatest posterior.</summary>
    public double? UnknownAuroc { get; init; }

    /// <summary>The share of known clips rejected where 5 % of unknown ones are accepted.</summary>
    public double? FrrAtFar5 { get; init; }

    /// <summary>The mean time of an epoch beside the other runs.</summary>
    public double? SecondsPerEpoch { get; init; }

    /// <summary>The mean difference of accuracy to the first variant, over folds and seeds that both have; null for the first.</summary>
    public double? AccuracyDifference { get; init; }

    /// <summary>The share of the first variant's errors that are gone, over the same runs; negative where there are more. Null for the first.</summary>
    public double? ErrorReduction { get; init; }

    /// <summary>The same for the error on similar pairs.</summary>
    public double? SimilarPairErrorReduction { get; init; }

    /// <summary>p of the paired t-test over the means of the folds, or over seeds with a single split (<see cref="PairedTests.Student"/>), raised by Holm's correction.</summary>
    public double? PairedP { get; init; }

    /// <summary>
    /// p of McNemar's test on the clips of all folds (<see cref="PairedTests.McNemar"/>), raised by Holm's correction. One test a seed,
    /// because runs of other seeds hear the same clips; this is the median over seeds.
    /// </summary>
    public double? McnemarP { get; init; }

    /// <summary>
    /// Whether the difference of accuracy to the first variant is real: every test that could be made has p below 0.05. Null for the
    /// first, and where none could be made.
    /// </summary>
    public bool? Real { get; init; }

    /// <summary>The main runs.</summary>
    public required IReadOnlyList<RunScore> Runs { get; init; }

    /// <summary>The runs that measure held-out words; empty where the main runs do.</summary>
    public required IReadOnlyList<RunScore> Probes { get; init; }
}

/// <summary>One run of a comparison.</summary>
/// <param name="Id">Its name in the folder of the comparison.</param>
/// <param name="Fold">The fold, from 1.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Accuracy">Its accuracy; null where it failed or is missing.</param>
/// <param name="SecondsPerEpoch">The mean time of an epoch.</param>
/// <param name="Path">Its folder below that of the comparison.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="Warnings">What went wrong in the training without ending it.</param>
public sealed record RunScore(
    string Id, int Fold, int Seed, double? Accuracy, double? SecondsPerEpoch, string Path, string? Error, IReadOnlyList<string> Warnings);
