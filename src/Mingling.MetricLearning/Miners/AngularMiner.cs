using Mingling.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// Keeps the triplets whose angle at the negative, atan(d_ap / (2 d_nc)) with c the middle of anchor and positive, exceeds a limit
/// (Wang et al. 2017). The view must hold Euclidean distances.
/// </summary>
public sealed class AngularMiner : FilteringMiner
{
    /// <summary>Makes the miner.</summary>
    /// <param name="angle">The limit in degrees, 0 … 90.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is out of range.</exception>
    public AngularMiner(double angle = 20) => Angle = Check.Range(angle, 0, 90, nameof(angle));

    /// <summary>The limit in degrees.</summary>
    public double Angle { get; }

    internal override (double Lower, double Upper)? Band(double margin) => null;

    internal override Tensor Keep(TripletBlock block)
    {
        // d_nc² = ½ d_an² + ½ d_pn² − ¼ d_ap²
        var squaredPositive = block.PositiveCost.square();
        var toCentre = (block.NegativeCost.square() + block.PositiveToNegative().square()) * 0.5 - squaredPositive * 0.25;
        var tangent = Math.Tan(Angle * Math.PI / 180);
        return block.Valid.logical_and(squaredPositive.gt(toCentre.clamp_min(0) * (4 * tangent * tangent)));
    }
}
