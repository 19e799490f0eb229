using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>A miner that keeps every triplet with some property; there may be as many as B³, so they are never listed for a loss.</summary>
public abstract class FilteringMiner : TripletMiner
{
    /// <summary>The band of d_an − d_ap that is kept, (lower, upper]; null where the property is another.</summary>
    /// <param name="margin">The margin of the loss.</param>
    internal abstract (double Lower, double Upper)? Band(double margin);

    /// <summary>Which triplets of a block are kept, bool [b, K, N], all of them valid.</summary>
    internal abstract Tensor Keep(TripletBlock block);

    private protected override IReadOnlyList<MinedTriplet> List(TripletView view)
    {
        var found = new List<MinedTriplet>();
        long count = view.Slots.Index.shape[1];
        long[] columns = Indexes.ToArray(view.Slots.Index);
        foreach (var (start, rows) in TripletBlock.Ranges(view))
        {
            using var scope = NewDisposeScope();
            var kept = Keep(new TripletBlock(view, start, rows));
            found.AddRange(At(kept, start, place => (columns[(start + place[0]) * count + place[1]], place[2])));
        }
        return found;
    }
}
