using System.Runtime.Intrinsics;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Σ log(1 + e^{βz})/β over all triplets, z = d_ap − d_an + m. As e^{βz} is a factor of the positive times one of the negative, an exponential is taken of each pair and not of each
/// triplet, and the logarithm of the product over several positives instead of one of each.
/// </summary>
internal sealed class SoftMarginRow(RowCost cost, TripletLoss loss) : TripletRow(cost, loss)
{
    // Beyond these exponents a product could leave the range of float32, or a term could vanish that counts as active.
    private const float MostOfTerm = 60, MostOfProduct = 80, LeastOfTerm = -87;
    private const int MostInProduct = 16;

    private readonly float _sharpness = (float)loss.Sharpness;

    protected override (float Value, float Valid, float Active) Run(in Anchor anchor, Span<float> slopes)
    {
        var (nearest, farthest) = Range(anchor.Others);
        int count = anchor.Positives.Length;
        float[] exponents = new float[count];
        float most = float.NegativeInfinity, least = float.PositiveInfinity;
        for (int p = 0; p < count; p++)
        {
            float difference = anchor.Costs[anchor.Positives[p]] + Margin;
            exponents[p] = _sharpness * (difference - nearest); // of the nearest negative: the greatest
            most = Math.Max(most, exponents[p]);
            least = Math.Min(least, _sharpness * (difference - farthest));
        }
        var ofPositives = new Vector256<float>[count];
        var (value, active) = most <= MostOfTerm && least >= LeastOfTerm
            ? (Products(anchor.Others, nearest, exponents, most, ofPositives, slopes), anchor.Triplets)
            : OneByOne(anchor, ofPositives, slopes);
        for (int p = 0; p < count; p++) slopes[anchor.Positives[p]] += Vector256.Sum(ofPositives[p]);
        return (value / _sharpness, anchor.Triplets, active);
    }

    private float Products(ReadOnlySpan<float> others, float nearest, Span<float> exponents, float most, Span<Vector256<float>> ofPositives, Span<float> slopes)
    {
        Vector256<float> total = default, one = Vector256.Create(1f), from = Vector256.Create(nearest), sharpness = Vector256.Create(_sharpness);
        for (int p = 0; p < exponents.Length; p++) exponents[p] = MathF.Exp(exponents[p]);
        int group = most <= 0 ? MostInProduct : Math.Clamp((int)(MostOfProduct / most), 1, MostInProduct);
        for (int at = 0; at < others.Length; at += Vector256<float>.Count)
        {
            // 0 where there is no negative: e^−∞.
            var factor = Vector256.Exp((from - Vector256.Create(others[at..])) * sharpness);
            Vector256<float> sum = default;
            for (int first = 0; first < exponents.Length; first += group)
            {
                // Π(1 + e) − 1, so that small terms are not lost beside the 1.
                Vector256<float> product = default;
                for (int p = first; p < Math.Min(exponents.Length, first + group); p++)
                {
                    var e = factor * Vector256.Create(exponents[p]);
                    var next = one + e;
                    product = Vector256.FusedMultiplyAdd(product, next, e);
                    var slope = e / next;
                    sum += slope;
                    ofPositives[p] += slope;
                }
                total += LogOfOneAnd(product);
            }
            (Vector256.Create<float>(slopes[at..]) - sum).CopyTo(slopes[at..]);
        }
        return Vector256.Sum(total);
    }

    private (float Value, float Active) OneByOne(in Anchor anchor, Span<Vector256<float>> ofPositives, Span<float> slopes)
    {
        Vector256<float> one = Vector256.Create(1f), infinite = Vector256.Create(float.PositiveInfinity), sharpness = Vector256.Create(_sharpness);
        double total = 0, active = 0;
        for (int p = 0; p < anchor.Positives.Length; p++)
        {
            var difference = Vector256.Create(anchor.Costs[anchor.Positives[p]] + Margin);
            Vector256<float> sum = default, count = default;
            for (int at = 0; at < slopes.Length; at += Vector256<float>.Count)
            {
                var costs = Vector256.Create(anchor.Others[at..]);
                var valid = Vector256.LessThan(costs, infinite);
                var z = ((difference - costs) & valid) * sharpness;
                var e = Vector256.Exp(-Vector256.Abs(z));
                var term = (Vector256.Max(z, Vector256<float>.Zero) + LogOfOneAnd(e)) & valid;
                var slope = (Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<float>.Zero), one, e) / (one + e)) & valid;
                sum += term;
                count += one & Vector256.GreaterThan(term, Vector256<float>.Zero);
                ofPositives[p] += slope;
                (Vector256.Create<float>(slopes[at..]) - slope).CopyTo(slopes[at..]);
            }
            total += Vector256.Sum(sum);
            active += Vector256.Sum(count);
        }
        return ((float)total, (float)active);
    }

    /// <summary>log(1 + x) for x ≥ 0.</summary>
    private static Vector256<float> LogOfOneAnd(Vector256<float> x)
    {
        var series = x * (Vector256.Create(1f) - (x * (Vector256.Create(0.5f) - (x * (Vector256.Create(1f / 3) - (x * 0.25f))))));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(0.01f)), series, Vector256.Log(Vector256.Create(1f) + x));
    }

    private static (float Nearest, float Farthest) Range(ReadOnlySpan<float> others)
    {
        Vector256<float> nearest = Vector256.Create(float.PositiveInfinity), farthest = -nearest, infinite = nearest;
        for (int at = 0; at < others.Length; at += Vector256<float>.Count)
        {
            var costs = Vector256.Create(others[at..]);
            nearest = Vector256.Min(nearest, costs);
            farthest = Vector256.ConditionalSelect(Vector256.LessThan(costs, infinite), Vector256.Max(farthest, costs), farthest);
        }
        return (-Largest(-nearest), Largest(farthest));
    }
}
