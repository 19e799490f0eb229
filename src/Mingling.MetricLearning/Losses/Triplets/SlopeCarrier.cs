using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The gradient of a loss of triplets with respect to the costs of the pairs, summed in blocks of anchors. Σ slope·cost with constant slopes
/// has this gradient, so that no block has to survive into the backward pass.
/// </summary>
internal sealed class SlopeCarrier(TripletView view)
{
    private readonly Tensor _slopes = zeros_like(view.Cost); // ∂L/∂d, [B, N]

    /// <summary>Adds slopes with respect to d_ap − d_an of a block's triplets, [b, K, N].</summary>
    public void Add(TripletBlock block, Tensor slopes)
    {
        AddPositives(block, slopes);
        block.RowsOf(_slopes).sub_(slopes.sum(new long[] { 1 }));
    }

    /// <summary>Adds the same where, in some triplets, d_pn stands in the place of d_an.</summary>
    public void Add(TripletBlock block, Tensor slopes, Tensor swapped)
    {
        AddPositives(block, slopes);
        block.RowsOf(_slopes).sub_(slopes.masked_fill(swapped, 0).sum(new long[] { 1 }));
        var ofPositives = Masked.Where(slopes, swapped).neg().reshape(-1, view.Cost.shape[1]);
        _slopes.index_add_(0, block.Slots.reshape(-1), ofPositives, 1);
    }

    /// <summary>Given values [B] without gradient, the same values with it.</summary>
    public Tensor Carry(Tensor values)
    {
        var carrier = (_slopes * view.DifferentiableCost).sum(new long[] { 1 });
        return carrier + (values - carrier.detach());
    }

    private void AddPositives(TripletBlock block, Tensor slopes) =>
        block.RowsOf(_slopes).scatter_add_(1, block.Slots, slopes.sum(new long[] { 2 }));
}
