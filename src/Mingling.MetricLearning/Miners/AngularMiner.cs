using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>
/// Keeps the triplets whose angle at the negative, atan(d_ap / (2 d_nc)) with c the middle of anchor and positive, exceeds a limit
/// (Wang et al. 2017). The angle is that of the rows as they are, whatever the loss compares by.
/// </summary>
public sealed class AngularMiner : FilteringMiner
{
    private static readonly EuclideanDistance Distance = new(normalize: false);

    /// <summary>Makes the miner.</summary>
    /// <param name="angle">The limit in degrees, 0 … 90.</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is out of range.</exception>
    public AngularMiner(double angle = 20) => Angle = Check.Range(angle, 0, 90, nameof(angle));

    /// <summary>The limit in degrees.</summary>
    public double Angle { get; }

    internal override (double Lower, double Upper)? Band(double margin) => null;

    internal override Tensor Keep(TripletBlock block)
    {
        var rows = block.View.Pairs.Rows;
        var anchors = rows.narrow(0, block.Start, block.Rows).unsqueeze(1); // [b, 1, D]
        var positives = block.View.Pairs.Columns.index_select(0, block.Slots.reshape(-1)).view(block.Rows, -1, rows.shape[1]);
        var centers = ((anchors + positives) * 0.5).reshape(-1, rows.shape[1]); // [b·K, D]
        var toCenter = Distance.Between(centers, block.View.Pairs.Columns).view(block.Gap.shape);
        var toPositive = (anchors - positives).norm(2, keepdim: true, p: 2); // [b, K, 1]
        double tangent = Math.Tan(Angle * Math.PI / 180);
        return block.Valid.logical_and(toPositive.gt(toCenter * (2 * tangent)));
    }
}
