using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>log Σ exp(s/T) over all others, less the mean of s/T over the positives.</summary>
internal sealed class SupConRow(double temperature) : RowLoss
{
    public override (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        var ownClass = Vector256.Create(own);
        Vector256<float> largest = Vector256.Create(float.NegativeInfinity), ofPositives = default;
        int positives = 0, negatives = 0;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var s = Vector256.Create<float>(row[at..]);
            largest = Vector256.ConditionalSelect(same | other, Vector256.Max(largest, s), largest);
            ofPositives += s & same;
            positives += Count(same);
            negatives += Count(other);
        }
        if (positives == 0 || negatives == 0) return Nothing(row);

        float scale = (float)(1 / temperature), top = Largest(largest);
        var sum = Vector256<float>.Zero;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var share = Vector256.Exp((Vector256.Create<float>(row[at..]) - Vector256.Create(top)) * scale) & (same | other);
            share.CopyTo(row[at..]);
            sum += share;
        }
        double all = Vector256.Sum(sum);
        Vector256<float> ofAll = Vector256.Create((float)(scale / all)), ofEach = Vector256.Create(scale / positives);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, _) = Sides(classes, at, ownClass);
            ((Vector256.Create<float>(row[at..]) * ofAll) - (ofEach & same)).CopyTo(row[at..]);
        }
        double value = ((top - (Vector256.Sum(ofPositives) / (double)positives)) / temperature) + Math.Log(all);
        return ((float)value, 1, value > 0 ? 1 : 0);
    }
}
