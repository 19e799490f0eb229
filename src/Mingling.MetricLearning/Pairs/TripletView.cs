using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Pairs;

/// <summary>
/// What the triplet miners and the triplet loss share of a batch: the costs of all pairs, the positives of each anchor as slots, and, where a
/// search asks for them, the sorted costs of the negatives. Each part is computed once, when first read, inside the caller's dispose scope.
/// </summary>
public sealed class TripletView
{
    private Tensor? _cost;
    private (Tensor Values, Tensor Index)? _sortedNegatives;

    internal TripletView(PairView pairs, PairMeasure measure, double margin)
    {
        (Pairs, Margin) = (pairs, margin);
        var values = measure.Between(pairs.Rows, pairs.Columns);
        DifferentiableCost = measure is Similarity ? -values : values;
    }

    /// <summary>The rows and which pairs are positive and negative.</summary>
    public PairView Pairs { get; }

    /// <summary>The margin of the loss that mines.</summary>
    public double Margin { get; }

    /// <summary>The distance, or the negated similarity, of every pair, with gradient, [B, N]: greater means farther.</summary>
    public Tensor DifferentiableCost { get; }

    /// <summary>The same without gradient, contiguous.</summary>
    public Tensor Cost => _cost ??= DifferentiableCost.detach().contiguous();

    /// <inheritdoc cref="PairView.Slots"/>
    public (Tensor Index, Tensor Valid) Slots => Pairs.Slots;

    /// <summary>The costs of the positives, [B, K]; arbitrary in empty slots.</summary>
    public Tensor SlotCosts() => Cost.gather(1, Slots.Index);

    /// <summary>The costs of each anchor's negatives in ascending order, the others last as +∞, and their columns: [B, N] each.</summary>
    public (Tensor Values, Tensor Index) SortedNegatives
    {
        get
        {
            if (_sortedNegatives is null)
            {
                var (values, index) = NegativeCosts().sort(1);
                _sortedNegatives = (values, index);
            }
            return _sortedNegatives.Value;
        }
    }

    /// <summary>The costs of the negatives, +∞ elsewhere, [B, N].</summary>
    public Tensor NegativeCosts() => Cost.masked_fill(Pairs.Negatives.logical_not(), double.PositiveInfinity);

    /// <summary>The number of triplets of each anchor, int64 [B].</summary>
    public Tensor TripletCounts() => Pairs.Positives.sum(1) * Pairs.Negatives.sum(1);
}
