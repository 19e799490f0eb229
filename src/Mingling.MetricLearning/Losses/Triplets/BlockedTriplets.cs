using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The terms of all kept triplets where the loss does not decompose into counts: values and slopes are summed in blocks of anchors.
/// </summary>
internal static class BlockedTriplets
{
    /// <summary>Terms that hold the weights of their anchors: a swapped triplet has a slope in the row of its positive, which knows no anchor.</summary>
    public static LossTerms Terms(TripletView view, FilteringMiner miner, TripletLoss loss, Tensor? weights)
    {
        var sums = new Sums(view, weights);
        using (no_grad())
        {
            foreach (var (start, rows) in TripletBlock.Ranges(view))
            {
                using var scope = NewDisposeScope();
                sums.Add(new TripletBlock(view, start, rows), miner, loss);
            }
        }
        return sums.Terms();
    }

    private sealed class Sums(TripletView view, Tensor? weights)
    {
        private readonly SlopeCarrier _slopes = new(view);
        private readonly Tensor _values = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);
        private readonly Tensor _valid = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);
        private readonly Tensor _active = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);

        public void Add(TripletBlock block, FilteringMiner miner, TripletLoss loss)
        {
            var kept = miner.Keep(block);
            var toPositive = loss.Swap ? block.PositiveToNegative() : null;
            var toNegative = toPositive is null ? block.NegativeCost : block.NegativeCost.minimum(toPositive);
            var excess = block.PositiveCost - toNegative + loss.Margin;
            bool hinge = loss.Form == TripletForm.Hinge;
            var terms = Masked.Where(hinge ? excess.clamp_min(0) : Masked.Softplus(excess * loss.Sharpness) / loss.Sharpness, kept);
            var slopes = Masked.Where(hinge ? excess.gt(0).to(excess.dtype) : (excess * loss.Sharpness).sigmoid(), kept); // [b, K, N]

            block.RowsOf(_active).copy_(terms.gt(0).sum(new long[] { 1, 2 }));
            if (weights is not null)
            {
                var ofAnchor = block.RowsOf(weights).view(-1, 1, 1);
                (terms, slopes) = (terms * ofAnchor, slopes * ofAnchor);
            }
            block.RowsOf(_values).copy_(terms.sum(new long[] { 1, 2 }));
            block.RowsOf(_valid).copy_(kept.sum(new long[] { 1, 2 }));
            if (toPositive is null) _slopes.Add(block, slopes);
            else _slopes.Add(block, slopes, toPositive.lt(block.NegativeCost));
        }

        public LossTerms Terms() => new(_slopes.Carry(_values), Weighted(_valid), () => Weighted(_active));

        private Tensor Weighted(Tensor counts) => weights is null ? counts : counts * weights;
    }
}
