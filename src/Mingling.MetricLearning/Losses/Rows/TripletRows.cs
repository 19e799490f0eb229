using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Losses;

/// <summary>Which triplet losses go the way of <see cref="RowPass"/>.</summary>
internal static class TripletRows
{
    /// <summary>With more positives of an anchor, sorting is faster than comparing each with the whole row.</summary>
    private const int MostCompared = 96;

    /// <summary>What a loss computes of each row; null where it goes the general way.</summary>
    /// <param name="loss">The loss, without swap.</param>
    /// <param name="batch">A batch that can go this way. Miners that draw draw for it.</param>
    public static TripletRow? Of(TripletLoss loss, LossBatch batch)
    {
        if (RowCost.Of(loss.Measure) is not { } cost) return null;
        int rows = (int)batch.Labels.shape[0], slots = Math.Max(1, RowClasses.Largest(batch.Labels) - 1);
        return loss.Miner switch
        {
            AllTripletsMiner when loss.Form == TripletForm.SoftMargin => new SoftMarginRow(cost, loss),
            AllTripletsMiner when slots <= MostCompared => new BatchAllRow(cost, loss),
            BatchHardMiner miner => new BatchHardRow(cost, loss, miner),
            HardestNegativeMiner => new IntervalRow(cost, loss, beyond: false, double.PositiveInfinity, draws: null, slots),
            SemiHardMiner miner => new IntervalRow(cost, loss, beyond: true, miner.Margin ?? loss.Margin, miner.Draw(rows * slots), slots),
            RandomViolatingMiner miner => new IntervalRow(cost, loss, beyond: false, miner.Margin ?? loss.Margin, miner.Draw(rows * slots), slots),
            _ => null,
        };
    }
}
