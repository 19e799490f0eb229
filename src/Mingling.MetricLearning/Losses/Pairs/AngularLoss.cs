using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Angular loss (Wang et al. 2017, eq. 9) of L2-normalised rows: for every positive pair
/// log(1 + Σ_n exp(4 tan²α (x_a + x_p)·x_n − 2(1 + tan²α) x_a·x_p)).
/// </summary>
/// <remarks>
/// exp((x_a + x_p)·x_n) is a product of a factor of a and one of p, so the sum over the negatives is one product E Eᵀ of
/// E_an = exp(4 tan²α (x_a·x_n − 1)).
/// </remarks>
public sealed class AngularLoss : PairLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="angle">The angle α in degrees, greater than 0 and at most 80 (the paper uses 36 … 55).</param>
    /// <param name="reduction">The reduction over the positive pairs; null means the mean.</param>
    /// <param name="miner">Chooses pairs; null means all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is out of range.</exception>
    public AngularLoss(double angle = 40, Reduction? reduction = null, PairMiner? miner = null)
        : base(nameof(AngularLoss), reduction ?? Reduction.Mean, miner)
    {
        Check.Positive(angle, nameof(angle));
        Angle = Check.Range(angle, 0, 80, nameof(angle));
    }

    /// <summary>The angle α in degrees.</summary>
    public double Angle { get; }

    private double SquaredTangent => Math.Pow(Math.Tan(Angle * Math.PI / 180), 2);

    private protected override ClassRows? Classes => new AngularRows(SquaredTangent);

    /// <inheritdoc/>
    protected override Tensor ComputePairs(LossBatch batch, PairView pairs)
    {
        double squaredTangent = SquaredTangent;
        var similarity = Cosine.Between(pairs.Rows, pairs.Columns);
        var factors = Masked.Where(((similarity - 1) * (4 * squaredTangent)).exp(), pairs.Negatives); // E, [B, N]
        // Positives of one class have the same negatives; against a reference set the factor of p is read from its own side.
        var others = pairs.IsWithinBatch ? factors : FactorsOfColumns(pairs, squaredTangent);
        var slots = pairs.Slots.Index; // [B, K]
        var sums = mm(factors, others.t()).gather(1, slots).clamp_min(finfo(factors.dtype).tiny);
        var terms = Masked.Softplus(sums.log() + 8 * squaredTangent - similarity.gather(1, slots) * (2 * (1 + squaredTangent)));
        return Reduce(LossTerms.PerPair(terms, pairs.SlotsWithNegative()), batch);
    }

    private static Tensor FactorsOfColumns(PairView pairs, double squaredTangent)
    {
        var similarity = Cosine.Between(pairs.Columns, pairs.Columns);
        return ((similarity - 1) * (4 * squaredTangent)).exp();
    }
}
