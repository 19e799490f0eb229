using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>Σ_p softplus(LSE_n(s/T) − s_p/T).</summary>
internal sealed class NtXentRow(double temperature) : RowLoss
{
    public override (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        var ownClass = Vector256.Create(own);
        var nearest = Vector256.Create(float.NegativeInfinity);
        int positives = 0, negatives = 0;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            nearest = Vector256.ConditionalSelect(other, Vector256.Max(nearest, Vector256.Create<float>(row[at..])), nearest);
            positives += Count(same);
            negatives += Count(other);
        }
        if (positives == 0 || negatives == 0) return Nothing(row);

        Vector256<float> scale = Vector256.Create((float)(1 / temperature)), most = Vector256.Create(Largest(nearest)), sum = default;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var s = Vector256.Create<float>(row[at..]);
            var share = Vector256.Exp(((s - most) & other) * scale) & other;
            sum += share;
            ((s & same) | share).CopyTo(row[at..]);
        }
        double all = Vector256.Sum(sum), crowd = (most[0] / temperature) + Math.Log(all), value = 0, slopes = 0;
        int active = 0;
        for (int at = 0, left = positives; left > 0; at++)
        {
            if (classes[at] != own) continue;
            left--;
            var (term, slope) = Softplus(crowd - (row[at] / temperature));
            value += term;
            slopes += slope;
            if (term > 0) active++;
            row[at] = (float)(-slope / temperature);
        }
        var ofNegatives = Vector256.Create((float)(slopes / all / temperature));
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (_, other) = Sides(classes, at, ownClass);
            var slope = Vector256.Create<float>(row[at..]);
            Vector256.ConditionalSelect(other, slope * ofNegatives, slope).CopyTo(row[at..]);
        }
        return ((float)value, positives, active);
    }
}
