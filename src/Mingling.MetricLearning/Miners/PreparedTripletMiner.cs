using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// Takes the triplets that a batch was made of: rows 0, 1, 2, then 3, 4, 5 and so on are anchor, positive and negative. Such batches come
/// from offline mining, which looks hard neighbours up in the whole training set (<see cref="OfflineMiner"/>). Three rows whose labels do
/// not fit are left out.
/// </summary>
public sealed class PreparedTripletMiner : SelectingMiner
{
    /// <inheritdoc/>
    protected override TripletSelection Choose(TripletView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        long rows = view.Cost.shape[0];
        var anchor = arange(rows, device: view.Cost.device).unsqueeze(1); // [B, 1]
        var positive = (anchor + 1).clamp_max(rows - 1);
        var negative = (anchor + 2).clamp_max(rows - 1);
        var fits = view.Pairs.Positives.gather(1, positive).logical_and(view.Pairs.Negatives.gather(1, negative));
        var first = anchor.remainder(3).eq(0).logical_and(anchor.le(rows - 3));
        return new TripletSelection(positive, negative, fits.logical_and(first));
    }
}
