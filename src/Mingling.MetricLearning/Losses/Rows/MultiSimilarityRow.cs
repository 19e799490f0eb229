using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>(1/α) log(1 + Σ_p e^{−α(s − λ)}) + (1/β) log(1 + Σ_n e^{β(s − λ)}).</summary>
internal sealed class MultiSimilarityRow(double alpha, double beta, double threshold) : RowLoss
{
    public override (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        var ownClass = Vector256.Create(own);
        Vector256<float> farthest = Vector256.Create(float.NegativeInfinity), nearest = farthest;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var s = Vector256.Create<float>(row[at..]);
            farthest = Vector256.ConditionalSelect(same, Vector256.Max(farthest, -s), farthest);
            nearest = Vector256.ConditionalSelect(other, Vector256.Max(nearest, s), nearest);
        }
        float least = -Largest(farthest), most = Largest(nearest);
        bool hasPositive = !float.IsInfinity(least), hasNegative = !float.IsInfinity(most);

        Vector256<float> ofPositives = default, ofNegatives = default;
        Vector256<float> minusAlpha = Vector256.Create(-(float)alpha), plusBeta = Vector256.Create((float)beta);
        Vector256<float> leastPositive = Vector256.Create(hasPositive ? least : 0), mostNegative = Vector256.Create(hasNegative ? most : 0);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var s = Vector256.Create<float>(row[at..]);
            var power = Vector256.ConditionalSelect(same, (s - leastPositive) * minusAlpha, (s - mostNegative) * plusBeta) & (same | other);
            var share = Vector256.Exp(power) & (same | other);
            share.CopyTo(row[at..]);
            ofPositives += share & same;
            ofNegatives += share & other;
        }
        double positives = Vector256.Sum(ofPositives), negatives = Vector256.Sum(ofNegatives);
        var (pull, pullSlope) = hasPositive ? Softplus((-alpha * (least - threshold)) + Math.Log(positives)) : (0, 0);
        var (push, pushSlope) = hasNegative ? Softplus((beta * (most - threshold)) + Math.Log(negatives)) : (0, 0);
        Vector256<float> onPositive = Vector256.Create(hasPositive ? (float)(-pullSlope / positives) : 0), onNegative = Vector256.Create(hasNegative ? (float)(pushSlope / negatives) : 0);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, _) = Sides(classes, at, ownClass);
            (Vector256.Create<float>(row[at..]) * Vector256.ConditionalSelect(same, onPositive, onNegative)).CopyTo(row[at..]);
        }
        double value = (pull / alpha) + (push / beta);
        return ((float)value, 1, value > 0 ? 1 : 0);
    }
}
