using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// ½[d − m_p]+² of a positive and ½[m_n − d]+² of a negative pair, by the Euclidean distance of unit rows, d² = |a|² + |b|² − 2s. That |a| changes with a is left out of the slopes:
/// the gradient of a normalisation has no part along its row.
/// </summary>
internal sealed class ContrastiveRow(double positiveMargin, double negativeMargin) : RowLoss
{
    private const float Resolution = 8 * 1.1920929e-07f; // as SquaredNorms: rows nearer than that are equal

    private float[] _norms = [];

    public override void Begin(Tensor rows, int columns)
    {
        _norms = new float[columns];
        MemoryMarshal.Cast<byte, float>(rows.square().sum(new long[] { 1 }).bytes).CopyTo(_norms);
    }

    public override (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        var ownClass = Vector256.Create(own);
        Vector256<float> near = Vector256.Create((float)positiveMargin), far = Vector256.Create((float)negativeMargin), ownNorm = Vector256.Create(_norms[anchor]);
        Vector256<float> total = default, one = Vector256.Create(1f);
        int valid = 0, active = 0;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var norms = ownNorm + Vector256.Create(_norms.AsSpan(at));
            var squared = norms - (2 * Vector256.Create<float>(row[at..]));
            var equal = Vector256.LessThanOrEqual(squared, Resolution * norms);
            var distance = Vector256.AndNot(Vector256.Sqrt(Vector256.ConditionalSelect(equal, one, squared)), equal);
            var cost = Vector256.Max(Vector256<float>.Zero, Vector256.ConditionalSelect(same, distance - near, far - distance)) & (same | other);
            total += cost * cost;
            valid += Count(same | other);
            active += Count(Vector256.GreaterThan(cost, Vector256<float>.Zero));
            // ∂d/∂s = −1/d.
            var slope = Vector256.AndNot(cost / Vector256.ConditionalSelect(equal, one, distance), equal);
            Vector256.ConditionalSelect(same, -slope, slope).CopyTo(row[at..]);
        }
        return (0.5f * Vector256.Sum(total), valid, active);
    }
}
