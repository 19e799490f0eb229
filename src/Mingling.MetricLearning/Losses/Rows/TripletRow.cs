using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>A triplet loss on the costs of one anchor.</summary>
internal abstract class TripletRow(RowCost cost, TripletLoss loss) : RowLoss
{
    private float[] _costs = [], _others = [];
    private int[] _positives = [];

    /// <summary>The margin m.</summary>
    protected float Margin { get; } = (float)loss.Margin;

    /// <inheritdoc/>
    public sealed override void Begin(Tensor rows, int columns)
    {
        cost.Begin(rows, columns);
        _costs = new float[columns];
    }

    /// <inheritdoc/>
    public sealed override RowLoss ForThread()
    {
        var own = (TripletRow)MemberwiseClone();
        (own._costs, own._others, own._positives) = (new float[_costs.Length], new float[_costs.Length], new int[_costs.Length]);
        return own;
    }

    /// <inheritdoc/>
    public sealed override (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own)
    {
        cost.Compute(row, anchor, _costs);
        var ownClass = Vector256.Create(own);
        int positives = 0, negatives = 0;
        for (int at = 0; at < row.Length; at += Vector256<float>.Count)
        {
            var (same, other) = Sides(classes, at, ownClass);
            Vector256.ConditionalSelect(other, Vector256.Create(_costs.AsSpan(at)), Vector256.Create(float.PositiveInfinity)).CopyTo(_others.AsSpan(at));
            negatives += Count(other);
            for (uint bits = same.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1) _positives[positives++] = at + BitOperations.TrailingZeroCount(bits);
        }
        row.Clear();
        if (positives == 0 || negatives == 0) return default;
        var terms = Run(new Anchor(_costs, _others, _positives.AsSpan(0, positives), negatives, anchor), row);
        cost.Return(_costs, row);
        return terms;
    }

    /// <summary>Computes the value of an anchor that has a positive and a negative, and adds ∂value/∂cost to the slopes, which are 0.</summary>
    protected abstract (float Value, float Valid, float Active) Run(in Anchor anchor, Span<float> slopes);

    /// <summary>What a triplet costs by z = d_ap − d_an + m, and its derivative.</summary>
    protected (double Value, double Slope) Term(float z)
    {
        if (loss.Form == TripletForm.Hinge) return z > 0 ? (z, 1) : (0, 0);
        var (value, slope) = Softplus(z * loss.Sharpness);
        return (value / loss.Sharpness, slope);
    }

    /// <summary>The pairs of an anchor.</summary>
    /// <param name="costs">The cost of each column.</param>
    /// <param name="others">The costs of the negatives, +∞ elsewhere.</param>
    /// <param name="positives">The columns of the positives, in ascending order.</param>
    /// <param name="negatives">The number of negatives.</param>
    /// <param name="row">The number of the anchor.</param>
    protected readonly ref struct Anchor(ReadOnlySpan<float> costs, ReadOnlySpan<float> others, ReadOnlySpan<int> positives, int negatives, int row)
    {
        public ReadOnlySpan<float> Costs { get; } = costs;

        public ReadOnlySpan<float> Others { get; } = others;

        public ReadOnlySpan<int> Positives { get; } = positives;

        public int Negatives { get; } = negatives;

        public int Row { get; } = row;

        public float Triplets => (float)Positives.Length * Negatives;
    }
}
