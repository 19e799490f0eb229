using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>How PNP loss weighs R, the number of negatives ranked before a positive (Li et al. 2022).</summary>
public enum PnpVariant
{
    /// <summary>R itself.</summary>
    Original,

    /// <summary>log(1 + R), a derivative that decreases slowly.</summary>
    DecreasingSlow,

    /// <summary>1 − (1 + R)^−α, a derivative that decreases quickly.</summary>
    DecreasingQuick,

    /// <summary>(1 + R) log(1 + R), an increasing derivative without bound.</summary>
    IncreasingUnbounded,

    /// <summary>(bR − log(1 + bR)) / b², an increasing derivative with a bound.</summary>
    IncreasingBounded,
}

/// <summary>
/// PNP loss (Li et al. 2022, "Rethinking the optimization of average precision"): penalises only the negatives before each positive,
/// R_ap = Σ_n σ((s_an − s_ap)/τ) of cosines. The anchor itself counts among its positives.
/// </summary>
public sealed class PnpLoss : EmbeddingLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="variant">How R is weighed.</param>
    /// <param name="temperature">The temperature τ of the sigmoid, greater than 0.</param>
    /// <param name="alpha">The exponent α of <see cref="PnpVariant.DecreasingQuick"/>, greater than 0.</param>
    /// <param name="bound">The bound b of <see cref="PnpVariant.IncreasingBounded"/>, greater than 0.</param>
    /// <param name="reduction">The reduction over the anchors; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public PnpLoss(
        PnpVariant variant = PnpVariant.Original, double temperature = 0.01, double alpha = 1, double bound = 2, Reduction? reduction = null)
        : base(nameof(PnpLoss), reduction ?? Reduction.Mean)
    {
        Variant = variant;
        Temperature = Check.Positive(temperature, nameof(temperature));
        Alpha = Check.Positive(alpha, nameof(alpha));
        Bound = Check.Positive(bound, nameof(bound));
    }

    /// <summary>How R is weighed.</summary>
    public PnpVariant Variant { get; }

    /// <summary>The temperature τ of the sigmoid.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override BatchRequirement Batches => BatchRequirement.Classes;

    /// <summary>The exponent α.</summary>
    public double Alpha { get; }

    /// <summary>The bound b.</summary>
    public double Bound { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        var pairs = PairView.Within(batch.Embeddings, batch.Labels);
        var view = new TripletView(pairs.Restricted(pairs.Negatives.logical_not(), pairs.Negatives), Cosine, 0);
        var slopes = new SlopeCarrier(view);
        var values = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);
        using (no_grad())
        {
            foreach (var (start, rows) in TripletBlock.Ranges(view))
            {
                using var scope = NewDisposeScope();
                Add(new TripletBlock(view, start, rows), slopes, values);
            }
        }
        return Reduce(LossTerms.PerSample(slopes.Carry(values)), batch);
    }

    private void Add(TripletBlock block, SlopeCarrier slopes, Tensor values)
    {
        var before = Masked.Where((block.Gap / -Temperature).sigmoid(), block.Valid); // [b, K, N]
        var (value, slope) = Weigh(before.sum(new long[] { 2 }));
        var filled = block.RowsOf(block.View.Slots.Valid);
        var count = filled.sum(1, keepdim: true).to(value.dtype);
        block.RowsOf(values).copy_((Masked.Where(value, filled) / count).sum(new long[] { 1 }));
        slopes.Add(block, before * (1 - before) * (Masked.Where(slope, filled) / (count * Temperature)).unsqueeze(2));
    }

    // f(R) and f′(R)
    private (Tensor Value, Tensor Slope) Weigh(Tensor rank) => Variant switch
    {
        PnpVariant.Original => (rank, ones_like(rank)),
        PnpVariant.DecreasingSlow => (rank.log1p(), 1 / (rank + 1)),
        PnpVariant.DecreasingQuick => (1 - (rank + 1).pow(-Alpha), (rank + 1).pow(-Alpha - 1) * Alpha),
        PnpVariant.IncreasingUnbounded => ((rank + 1) * rank.log1p(), rank.log1p() + 1),
        PnpVariant.IncreasingBounded => ((rank * Bound - (rank * Bound).log1p()) / (Bound * Bound), rank / (rank * Bound + 1)),
        _ => throw new InvalidOperationException($"Unknown variant {Variant}."),
    };
}
