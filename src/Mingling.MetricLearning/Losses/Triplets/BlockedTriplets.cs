using Mingling.MetricLearning.Miners;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The terms of all kept triplets where the loss does not decompose into counts: value and slope are summed in blocks of anchors without
/// gradient, and Σ slope·d, whose slope is constant, carries the gradient. No block survives into the backward pass.
/// </summary>
internal static class BlockedTriplets
{
    public static LossTerms Terms(TripletView view, FilteringMiner miner, TripletLoss loss)
    {
        var sums = new Sums(view);
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

    private sealed class Sums(TripletView view)
    {
        private readonly Tensor _slopes = zeros_like(view.Cost); // ∂L/∂d, [B, N]
        private readonly Tensor _values = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);
        private readonly Tensor _valid = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);
        private readonly Tensor _active = zeros(view.Cost.shape[0], view.Cost.dtype, view.Cost.device);

        public void Add(TripletBlock block, FilteringMiner miner, TripletLoss loss)
        {
            var kept = miner.Keep(block);
            var toNegative = block.NegativeCost;
            Tensor? toPositive = loss.Swap ? block.PositiveToNegative() : null;
            var excess = block.PositiveCost - (toPositive is null ? toNegative : toNegative.minimum(toPositive)) + loss.Margin;
            var hinge = loss.Form == TripletForm.Hinge;
            var terms = Masked.Where(hinge ? excess.clamp_min(0) : Masked.Softplus(excess), kept);
            var slopes = Masked.Where(hinge ? excess.gt(0).to(excess.dtype) : excess.sigmoid(), kept); // [b, K, N]

            _values.narrow(0, block.Start, block.Rows).copy_(terms.sum(new long[] { 1, 2 }));
            _valid.narrow(0, block.Start, block.Rows).copy_(kept.sum(new long[] { 1, 2 }));
            _active.narrow(0, block.Start, block.Rows).copy_(terms.gt(0).sum(new long[] { 1, 2 }));
            var rows = _slopes.narrow(0, block.Start, block.Rows);
            rows.scatter_add_(1, block.Slots, slopes.sum(new long[] { 2 }));
            if (toPositive is null)
            {
                rows.sub_(slopes.sum(new long[] { 1 }));
                return;
            }
            var swapped = toPositive.lt(toNegative);
            rows.sub_(slopes.masked_fill(swapped, 0).sum(new long[] { 1 }));
            var ofPositives = Masked.Where(slopes, swapped).neg().reshape(-1, view.Cost.shape[1]);
            _slopes.index_add_(0, block.Slots.reshape(-1), ofPositives, 1);
        }

        public LossTerms Terms()
        {
            var carrier = (_slopes * view.DifferentiableCost).sum(new long[] { 1 });
            return new LossTerms(carrier + (_values - carrier.detach()), _valid, () => _active);
        }
    }
}
