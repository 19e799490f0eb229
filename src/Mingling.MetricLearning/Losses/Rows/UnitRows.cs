using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>L2-normalised rows in the CPU's memory, v / max(‖v‖₂, 1e-12), and the way back from their gradient to that of the rows, without a graph.</summary>
internal sealed class UnitRows
{
    private const float Least = 1e-12f; // as Normalization

    private readonly float[] _lengths;

    private UnitRows(Tensor values, float[] lengths) => (Values, _lengths) = (values, lengths);

    /// <summary>The unit rows, float32 [B, D], without gradient.</summary>
    public Tensor Values { get; }

    /// <summary>Normalises rows, inside a dispose scope.</summary>
    /// <param name="rows">Float32 [B, D] in the CPU's memory.</param>
    public static UnitRows Normalize(Tensor rows)
    {
        var given = rows.detach().contiguous();
        var units = empty_like(given);
        int width = (int)rows.shape[1];
        float[] lengths = new float[rows.shape[0]];
        RowThreads.For(lengths.Length, (first, end) =>
        {
            Span<float> from = Floats(given), to = Floats(units);
            for (int i = first; i < end; i++)
            {
                var row = from.Slice(i * width, width);
                lengths[i] = MathF.Sqrt(Dot(row, row));
                Scale(row, 1 / Math.Max(lengths[i], Least), to.Slice(i * width, width));
            }
        });
        return new UnitRows(units, lengths);
    }

    /// <summary>Turns ∂L/∂(unit rows) into ∂L/∂rows, in place: the part along a row goes, the rest is divided by its length.</summary>
    /// <param name="gradient">Float32 [B, D], contiguous.</param>
    public void Project(Tensor gradient)
    {
        int width = (int)gradient.shape[1];
        RowThreads.For(_lengths.Length, (first, end) =>
        {
            Span<float> slopes = Floats(gradient), units = Floats(Values);
            for (int i = first; i < end; i++)
            {
                Span<float> slope = slopes.Slice(i * width, width), unit = units.Slice(i * width, width);
                // A row shorter than the least is divided by a constant.
                if (_lengths[i] > Least) Add(unit, -Dot(slope, unit), slope);
                Scale(slope, 1 / Math.Max(_lengths[i], Least), slope);
            }
        });
    }

    /// <summary>target += factor · values.</summary>
    public static void Add(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.FusedMultiplyAdd(new Vector<float>(values[i..]), factors, new Vector<float>(target[i..])).CopyTo(target[i..]);
        for (; i < values.Length; i++) target[i] = MathF.FusedMultiplyAdd(values[i], factor, target[i]);
    }

    /// <summary>Σ a·b.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> even = default, odd = default;
        int i = 0;
        for (; i <= a.Length - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            even = Vector.FusedMultiplyAdd(new Vector<float>(a[i..]), new Vector<float>(b[i..]), even);
            odd = Vector.FusedMultiplyAdd(new Vector<float>(a[(i + Vector<float>.Count)..]), new Vector<float>(b[(i + Vector<float>.Count)..]), odd);
        }
        float sum = Vector.Sum(even + odd);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>target = factor · values.</summary>
    public static void Scale(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count) (new Vector<float>(values[i..]) * factor).CopyTo(target[i..]);
        for (; i < values.Length; i++) target[i] = values[i] * factor;
    }

    /// <summary>The elements of a contiguous tensor.</summary>
    public static Span<float> Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);
}
