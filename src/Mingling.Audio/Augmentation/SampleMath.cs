using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mingling.Audio;

/// <summary>
/// Arithmetic over the samples of a clip in vectors of fixed widths, so that every machine adds in the same order and gets the same bits.
/// </summary>
internal static class SampleMath
{
    /// <summary>The sum of squares, in double precision: eight sums side by side, added up at the end.</summary>
    public static double Energy(ReadOnlySpan<float> samples)
    {
        Vector256<double> a = default, b = default;
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (var lower, var upper) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i));
            a += lower * lower;
            b += upper * upper;
        }
        a += b;
        double sum = a[0] + a[1] + (a[2] + a[3]);
        for (; i < samples.Length; i++) sum += (double)samples[i] * samples[i];
        return sum;
    }

    /// <summary>Multiplies all samples.</summary>
    public static void Scale(Span<float> samples, float factor)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref first, (nuint)i) * factor).StoreUnsafe(ref first, (nuint)i);
        for (; i < samples.Length; i++) samples[i] *= factor;
    }

    /// <summary>Adds a factor times other samples, of which there are as many; the product is rounded once.</summary>
    public static void AddScaled(Span<float> samples, ReadOnlySpan<float> others, double factor)
    {
        ref float first = ref MemoryMarshal.GetReference(samples);
        ref float other = ref MemoryMarshal.GetReference(others[..samples.Length]);
        var factors = Vector256.Create(factor);
        int i = 0;
        for (; i <= samples.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (var lower, var upper) = Vector256.Widen(Vector256.LoadUnsafe(ref other, (nuint)i));
            (Vector256.LoadUnsafe(ref first, (nuint)i) + Vector256.Narrow(factors * lower, factors * upper)).StoreUnsafe(ref first, (nuint)i);
        }
        for (; i < samples.Length; i++) samples[i] += (float)(factor * others[i]);
    }
}
