using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>How hard a triplet is, by its gap d_an − d_ap and a margin m.</summary>
public enum TripletHardness
{
    /// <summary>Every triplet within the margin: gap ≤ m.</summary>
    All,

    /// <summary>The negative is no farther than the positive: gap ≤ 0.</summary>
    Hard,

    /// <summary>The negative is farther than the positive, but within the margin: 0 &lt; gap ≤ m.</summary>
    SemiHard,

    /// <summary>Beyond the margin: gap &gt; m.</summary>
    Easy,
}

/// <summary>Keeps the triplets of one hardness.</summary>
public sealed class TripletMarginMiner : FilteringMiner
{
    /// <summary>Makes the miner.</summary>
    /// <param name="hardness">Which triplets are kept.</param>
    /// <param name="margin">The margin m, at least 0; null means that of the loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public TripletMarginMiner(TripletHardness hardness = TripletHardness.All, double? margin = null)
    {
        Hardness = hardness;
        Margin = margin is { } own ? Check.Range(own, 0, double.PositiveInfinity, nameof(margin)) : null;
    }

    /// <summary>Which triplets are kept.</summary>
    public TripletHardness Hardness { get; }

    /// <summary>The miner's own margin; null means that of the loss.</summary>
    public double? Margin { get; }

    internal override (double Lower, double Upper)? Band(double margin) => Hardness switch
    {
        TripletHardness.All => (double.NegativeInfinity, Margin ?? margin),
        TripletHardness.Hard => (double.NegativeInfinity, 0),
        TripletHardness.SemiHard => (0, Margin ?? margin),
        TripletHardness.Easy => (Margin ?? margin, double.PositiveInfinity),
        _ => throw new InvalidOperationException($"Unknown hardness {Hardness}."),
    };

    internal override Tensor Keep(TripletBlock block)
    {
        var (lower, upper) = Band(block.View.Margin)!.Value;
        return block.Valid.logical_and(block.Gap.gt(lower)).logical_and(block.Gap.le(upper));
    }
}
