namespace Mingling.Training.Runs;

/// <summary>What the embeddings of an epoch look like, as far as they say how the training goes.</summary>
/// <param name="GradientNorm">Mean Euclidean length of the whole gradient, before clipping, over the steps looked at.</param>
/// <param name="Spread">
/// √(1 − ‖mean of the unit embeddings of a batch‖²), mean over the steps looked at: 1 where they point in all directions, 0 where all are one.
/// </param>
/// <param name="Triplets">Shares of the triplets of the batches looked at; null where batches held none.</param>
/// <param name="IntraClassDistance">Mean distance of a validation clip to the mean of its class; null without validation clips.</param>
/// <param name="InterClassDistance">Mean distance between the means of two classes; null without validation clips.</param>
/// <param name="NearestClasses">The two words whose means are nearest; null without validation clips.</param>
/// <param name="NearestDistance">The distance of their means; null without validation clips.</param>
public sealed record EmbeddingReport(double GradientNorm, double Spread, TripletShares? Triplets,
    double? IntraClassDistance, double? InterClassDistance, string? NearestClasses, double? NearestDistance);

/// <summary>
/// How hard triplets are, by the margin and measure of the first triplet part (of a triplet loss with its defaults where there is none).
/// The shares of easy, semi-hard and hard ones sum to 1.
/// </summary>
/// <param name="Easy">The negative is farther than the positive by the margin or more.</param>
/// <param name="SemiHard">It is farther by less than the margin.</param>
/// <param name="Hard">It is nearer than the positive.</param>
public sealed record TripletShares(double Easy, double SemiHard, double Hard)
{
    /// <summary>Those that cost something.</summary>
    public double Active => SemiHard + Hard;
}
