using System.Runtime.Intrinsics;
using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>½[log(e^{r_a} + e^{r_p}) + d_ap − m_p]+² for every positive pair, r = LSE_n(m − d_n) of each row.</summary>
internal sealed class LiftedRows(double negativeMargin, double positiveMargin) : ClassRows
{
    private readonly RowCost _distance = RowCost.Of(new EuclideanDistance())!;
    private float[] _nearness = [];
    private float[][] _distances = [], _slopes = [];

    protected override void Begin(Tensor rows, int[][] members)
    {
        int count = (int)rows.shape[0];
        _distance.Begin(rows, count + Vector256<float>.Count);
        _nearness = new float[count];
        (_distances, _slopes) = ([.. members.Select(own => new float[own.Length * own.Length])], [.. members.Select(own => new float[own.Length * own.Length])]);
    }

    /// <summary>Leaves ∂r/∂s = share/d at the negatives, and the distances of the positives.</summary>
    protected override void Prepare(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        _distance.Compute(row, anchor, row);
        Vector256<int> ownClass = Vector256.Create(own), nobody = Vector256.Create(RowLoss.Nobody);
        var nearest = Vector256.Create(float.PositiveInfinity);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (_, other) = Sides(classes, at);
            nearest = Vector256.ConditionalSelect(other, Vector256.Min(nearest, Vector256.Create<float>(row[at..])), nearest);
        }
        float least = -RowLoss.Largest(-nearest);
        Vector256<float> sum = default, one = Vector256.Create(1f), from = Vector256.Create(float.IsInfinity(least) ? 0 : least);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at);
            var d = Vector256.Create<float>(row[at..]);
            var share = Vector256.Exp((from - d) & other) & other;
            sum += share;
            var equal = Vector256.LessThanOrEqual(d, Vector256<float>.Zero);
            ((d & same) | Vector256.AndNot(share / Vector256.ConditionalSelect(equal, one, d), equal)).CopyTo(row[at..]);
        }
        float all = Vector256.Sum(sum);
        if (all == 0) return;
        _nearness[anchor] = (float)(negativeMargin - least + Math.Log(all));
        var scale = Vector256.Create(1 / all);
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, _) = Sides(classes, at);
            var slope = Vector256.Create<float>(row[at..]);
            Vector256.ConditionalSelect(same, slope, slope * scale).CopyTo(row[at..]);
        }

        (Vector256<float> Same, Vector256<float> Other) Sides(ReadOnlySpan<int> classes, int at)
        {
            var these = Vector256.Create(classes[at..]);
            var same = Vector256.Equals(these, ownClass);
            return (same.AsSingle(), (~(same | Vector256.Equals(these, nobody))).AsSingle());
        }
    }

    protected override void Terms(int c, int[] members, Places terms)
    {
        int size = members.Length;
        var (values, valid, active) = terms;
        for (int a = 0; a < size; a++)
        {
            double value = 0;
            var row = Matrix.Row(members[a]);
            for (int p = 0; p < size; p++)
            {
                if (p == a) continue;
                float distance = row[members[p]];
                double excess = Math.Max(0, Together(members[a], members[p]) + distance - positiveMargin);
                value += 0.5 * excess * excess;
                if (excess > 0) active[members[a]]++;
                (_distances[c][(a * size) + p], _slopes[c][(a * size) + p]) = (distance, (float)excess);
            }
            (values[members[a]], valid[members[a]]) = ((float)value, size - 1);
        }
    }

    protected override void Slopes(int c, int[] members, ReadOnlySpan<float> weights)
    {
        int size = members.Length;
        for (int a = 0; a < size; a++)
        {
            double ofNearness = 0;
            for (int p = 0; p < size; p++)
            {
                if (p == a) continue;
                double share = Math.Exp(_nearness[members[a]] - Together(members[a], members[p]));
                // The terms of a with p, and of p with a.
                ofNearness += share * ((weights[members[a]] * _slopes[c][(a * size) + p]) + (weights[members[p]] * _slopes[c][(p * size) + a]));
            }
            var row = Matrix.Row(members[a]);
            UnitRows.Scale(row, (float)ofNearness, row);
            for (int p = 0; p < size; p++)
            {
                if (p == a) continue;
                float distance = _distances[c][(a * size) + p];
                row[members[p]] = distance > 0 ? -weights[members[a]] * _slopes[c][(a * size) + p] / distance : 0;
            }
        }
    }

    /// <summary>log(e^{r_a} + e^{r_p}).</summary>
    private double Together(int a, int p)
    {
        double most = Math.Max(_nearness[a], _nearness[p]), least = Math.Min(_nearness[a], _nearness[p]);
        return most + Math.Log(1 + Math.Exp(least - most));
    }
}
