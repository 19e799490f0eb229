using System.Numerics;
using System.Runtime.InteropServices;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Products, sums and distances of two vectors in double precision.</summary>
internal static class VectorMath
{
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (int k = 0; k < va.Length; k++) sum += va[k] * vb[k];
        double total = Vector.Sum(sum);
        for (int k = va.Length * Vector<double>.Count; k < a.Length; k++) total += a[k] * b[k];
        return total;
    }

    /// <summary>Adds factor · b to a; b may be longer.</summary>
    internal static void AddScaled(Span<double> a, double factor, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        for (int k = 0; k < va.Length; k++) va[k] += factor * vb[k];
        for (int k = va.Length * Vector<double>.Count; k < a.Length; k++) a[k] += factor * b[k];
    }

    /// <summary>The Euclidean distance of two rows of either precision.</summary>
    internal static double Distance<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Math.Sqrt(SquaredDistance(a, b));

    /// <summary>The squared Euclidean distance of two rows of either precision.</summary>
    internal static double SquaredDistance<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0.0;
        for (int k = 0; k < a.Length; k++)
        {
            double difference = double.CreateTruncating(a[k]) - double.CreateTruncating(b[k]);
            sum += difference * difference;
        }
        return sum;
    }
}
