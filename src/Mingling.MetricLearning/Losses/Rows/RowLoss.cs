using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The arithmetic of a loss on the similarities of one anchor; see <see cref="RowPass"/>.</summary>
internal abstract class RowLoss
{
    /// <summary>The class of columns that do not count: the anchor itself, and what fills up the last vector.</summary>
    public const int Nobody = -1;

    private const double LinearFrom = 40; // as Masked.Softplus

    /// <summary>Sees the unit rows once, before the first anchor.</summary>
    /// <param name="rows">[B, D].</param>
    /// <param name="columns">The columns, those that fill up among them.</param>
    public virtual void Begin(Tensor rows, int columns)
    {
    }

    /// <summary>The same with memory of its own, for one thread; after <see cref="Begin"/>.</summary>
    public virtual RowLoss ForThread() => this;

    /// <summary>Computes the value of an anchor, and puts ∂value/∂s into the place of its similarities; 0 where a column does not count.</summary>
    /// <param name="row">The similarities; a whole number of vectors.</param>
    /// <param name="classes">The class of each column.</param>
    /// <param name="anchor">The anchor.</param>
    /// <param name="own">Its class.</param>
    /// <returns>The value, the number of its terms, and how many of them are above 0.</returns>
    public abstract (float Value, float Valid, float Active) Run(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own);

    /// <summary>log(1 + eˣ), and its derivative.</summary>
    public static (double Value, double Slope) Softplus(double x)
    {
        if (x > LinearFrom) return (x, 1);
        double e = Math.Exp(x);
        return (e < 1e-5 ? e - (0.5 * e * e) : Math.Log(1 + e), e / (1 + e));
    }

    /// <summary>Which of 8 columns are of the anchor's class, and which of another.</summary>
    protected static (Vector256<float> Same, Vector256<float> Other) Sides(ReadOnlySpan<int> classes, int at, Vector256<int> own)
    {
        var these = Vector256.Create(classes[at..]);
        var same = Vector256.Equals(these, own);
        var other = ~(same | Vector256.Equals(these, Vector256.Create(Nobody)));
        return (same.AsSingle(), other.AsSingle());
    }

    /// <summary>No pair that counts.</summary>
    protected static (float, float, float) Nothing(Span<float> row)
    {
        row.Clear();
        return (0, 0, 0);
    }

    protected static int Count(Vector256<float> mask) => int.PopCount((int)mask.ExtractMostSignificantBits());

    /// <summary>The greatest of 8.</summary>
    public static float Largest(Vector256<float> x)
    {
        float largest = x[0];
        for (int i = 1; i < Vector256<float>.Count; i++) largest = Math.Max(largest, x[i]);
        return largest;
    }
}
