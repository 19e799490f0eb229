using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>softplus(LSE_n γ α_n (s − m) + LSE_p −γ α_p (s − 1 + m)) with the constant weights α_n = [s + m]+ and α_p = [1 + m − s]+.</summary>
internal sealed class CircleRow(double margin, double gamma) : RowLoss
{
    private readonly float _margin = (float)margin, _gamma = (float)gamma;

    public override (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        var ownClass = Vector256.Create(own);
        Vector256<float> mostPositive = Vector256.Create(float.NegativeInfinity), mostNegative = mostPositive;
        int positives = 0, negatives = 0;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var (power, _) = Power(Vector256.Create<float>(row[at..]), same);
            mostPositive = Vector256.ConditionalSelect(same, Vector256.Max(mostPositive, power), mostPositive);
            mostNegative = Vector256.ConditionalSelect(other, Vector256.Max(mostNegative, power), mostNegative);
            positives += Count(same);
            negatives += Count(other);
        }
        if (positives == 0 || negatives == 0) return Nothing(row);

        float topPositive = Largest(mostPositive), topNegative = Largest(mostNegative);
        Vector256<float> ofPositives = default, ofNegatives = default, topOfPositives = Vector256.Create(topPositive), topOfNegatives = Vector256.Create(topNegative);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            var (power, weight) = Power(Vector256.Create<float>(row[at..]), same);
            var share = Vector256.Exp((power - Vector256.ConditionalSelect(same, topOfPositives, topOfNegatives)) & (same | other)) & (same | other);
            ofPositives += share & same;
            ofNegatives += share & other;
            (share * weight).CopyTo(row[at..]);
        }
        double allPositives = Vector256.Sum(ofPositives), allNegatives = Vector256.Sum(ofNegatives);
        var (value, slope) = Softplus(topPositive + Math.Log(allPositives) + topNegative + Math.Log(allNegatives));
        Vector256<float> onPositive = Vector256.Create((float)(slope / allPositives)), onNegative = Vector256.Create((float)(slope / allNegatives));
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, _) = Sides(classes, at, ownClass);
            (Vector256.Create<float>(row[at..]) * Vector256.ConditionalSelect(same, onPositive, onNegative)).CopyTo(row[at..]);
        }
        return ((float)value, 1, value > 0 ? 1 : 0);
    }

    /// <summary>The exponent of a pair, and its derivative with the weight held constant.</summary>
    private (Vector256<float> Power, Vector256<float> Weight) Power(Vector256<float> s, Vector256<float> same)
    {
        Vector256<float> m = Vector256.Create(_margin), one = Vector256.Create(1f), zero = default;
        var weight = Vector256.ConditionalSelect(same, -Vector256.Max(zero, one + m - s), Vector256.Max(zero, s + m)) * _gamma;
        return (weight * Vector256.ConditionalSelect(same, s - one + m, s - m), weight);
    }
}
