using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>All triplets of a block of anchors: b anchors, K slots of positives, N columns. Bounded in size, never kept for a backward pass.</summary>
internal sealed class TripletBlock
{
    private const long MostTriplets = 1 << 19;

    public TripletBlock(TripletView view, long start, long rows)
    {
        (View, Start, Rows) = (view, start, rows);
        Slots = view.Slots.Index.narrow(0, start, rows);
        Cost = view.Cost.narrow(0, start, rows);
        PositiveCost = Cost.gather(1, Slots).unsqueeze(2); // [b, K, 1]
        NegativeCost = Cost.unsqueeze(1); // [b, 1, N]
        Gap = NegativeCost - PositiveCost;
        Valid = view.Slots.Valid.narrow(0, start, rows).unsqueeze(2).logical_and(view.Pairs.Negatives.narrow(0, start, rows).unsqueeze(1));
    }

    public TripletView View { get; }

    public long Start { get; }

    public long Rows { get; }

    /// <summary>The columns of the positives, int64 [b, K].</summary>
    public Tensor Slots { get; }

    /// <summary>[b, N]</summary>
    public Tensor Cost { get; }

    /// <summary>[b, K, 1]</summary>
    public Tensor PositiveCost { get; }

    /// <summary>[b, 1, N]</summary>
    public Tensor NegativeCost { get; }

    /// <summary>d_an − d_ap, [b, K, N].</summary>
    public Tensor Gap { get; }

    /// <summary>Which of them are triplets, bool [b, K, N].</summary>
    public Tensor Valid { get; }

    /// <summary>d_pn, [b, K, N]; within a batch only.</summary>
    public Tensor PositiveToNegative()
    {
        long count = Slots.shape[1];
        return View.Cost.index_select(0, Slots.reshape(-1)).view(Rows, count, -1);
    }

    /// <summary>The block's rows of a tensor [B, …], as a view.</summary>
    public Tensor RowsOf(Tensor all) => all.narrow(0, Start, Rows);

    /// <summary>Cuts the anchors of a view into blocks.</summary>
    public static IEnumerable<(long Start, long Rows)> Ranges(TripletView view)
    {
        long anchors = view.Cost.shape[0];
        long perAnchor = view.Slots.Index.shape[1] * view.Cost.shape[1];
        long step = Math.Clamp(MostTriplets / Math.Max(1, perAnchor), 1, anchors);
        for (long start = 0; start < anchors; start += step) yield return (start, Math.Min(step, anchors - start));
    }
}
