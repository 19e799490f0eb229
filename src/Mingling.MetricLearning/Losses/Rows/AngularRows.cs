using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Σ_p log(1 + e^{8t − 2(1 + t)s_ap} Σ_n E_an E_pn) with t = tan²α and E_an = e^{4t(s_an − 1)}. Only the products E_a·E_p of positive pairs are computed, not the whole of E Eᵀ.
/// </summary>
internal sealed class AngularRows(double squaredTangent) : ClassRows
{
    private const float Least = 1.17549435e-38f; // as the general way: of so small a sum nothing is learned

    private readonly float _rise = (float)(4 * squaredTangent);
    private readonly double _pull = 2 * (1 + squaredTangent);
    private float[][] _ofSums = [], _ofPositives = [];

    protected override void Begin(Tensor rows, int[][] members) =>
        (_ofSums, _ofPositives) = ([.. members.Select(own => new float[own.Length * own.Length])], [.. members.Select(own => new float[own.Length * own.Length])]);

    protected override void Prepare(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        Vector256<int> ownClass = Vector256.Create(own), nobody = Vector256.Create(RowLoss.Nobody);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var these = Vector256.Create(classes[at..]);
            var same = Vector256.Equals(these, ownClass);
            var other = (~(same | Vector256.Equals(these, nobody))).AsSingle();
            var s = Vector256.Create<float>(row[at..]);
            ((s & same.AsSingle()) | (Vector256.Exp((s - Vector256.Create(1f)) * _rise) & other)).CopyTo(row[at..]);
        }
    }

    protected override void Terms(int c, int[] members, Places terms)
    {
        float[] factors = Factors(members);
        int size = members.Length, count = Matrix.Count;
        var (values, valid, active) = terms;
        for (int a = 0; a < size; a++)
            for (int p = a + 1; p < size; p++)
                _ofSums[c][(a * size) + p] = _ofSums[c][(p * size) + a] = UnitRows.Dot(factors.AsSpan(a * count, count), factors.AsSpan(p * count, count));
        for (int a = 0; a < size; a++)
        {
            double value = 0;
            for (int p = 0; p < size; p++)
            {
                if (p == a) continue;
                ref float sum = ref _ofSums[c][(a * size) + p];
                double z = Math.Log(Math.Max(sum, Least)) + (8 * squaredTangent) - (_pull * Matrix.Row(members[a])[members[p]]);
                var (term, slope) = RowLoss.Softplus(z);
                value += term;
                if (term > 0) active[members[a]]++;
                sum = sum > Least ? (float)(slope / sum) : 0;
                _ofPositives[c][(a * size) + p] = (float)(-_pull * slope);
            }
            (values[members[a]], valid[members[a]]) = ((float)value, size - 1);
        }
    }

    protected override void Slopes(int c, int[] members, ReadOnlySpan<float> weights)
    {
        float[] factors = Factors(members), shares = new float[members.Length];
        int size = members.Length, count = Matrix.Count;
        for (int a = 0; a < size; a++)
        {
            // A sum belongs to either of its two rows.
            for (int p = 0; p < size; p++)
                shares[p] = _rise * ((weights[members[a]] * _ofSums[c][(a * size) + p]) + (weights[members[p]] * _ofSums[c][(p * size) + a]));
            var row = Matrix.Row(members[a]);
            Join(factors, shares, a, row);
            for (int p = 0; p < size; p++)
                if (p != a) row[members[p]] = weights[members[a]] * _ofPositives[c][(a * size) + p];
        }
    }

    /// <summary>row = E_a · Σ_p share_p E_p, element by element.</summary>
    private static void Join(ReadOnlySpan<float> factors, ReadOnlySpan<float> shares, int a, Span<float> row)
    {
        int i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> sum = default;
            for (int p = 0; p < shares.Length; p++)
                sum = Vector256.FusedMultiplyAdd(Vector256.Create(factors[((p * row.Length) + i)..]), Vector256.Create(shares[p]), sum);
            (sum * Vector256.Create(factors[((a * row.Length) + i)..])).CopyTo(row[i..]);
        }
        for (; i < row.Length; i++)
        {
            float sum = 0;
            for (int p = 0; p < shares.Length; p++) sum = MathF.FusedMultiplyAdd(factors[(p * row.Length) + i], shares[p], sum);
            row[i] = sum * factors[(a * row.Length) + i];
        }
    }

    /// <summary>E of the rows of a class, 0 where its own rows stand.</summary>
    private float[] Factors(int[] members)
    {
        int count = Matrix.Count;
        float[] factors = new float[members.Length * count];
        for (int a = 0; a < members.Length; a++)
        {
            var row = factors.AsSpan(a * count, count);
            Matrix.Row(members[a]).CopyTo(row);
            foreach (int own in members) row[own] = 0;
        }
        return factors;
    }
}
