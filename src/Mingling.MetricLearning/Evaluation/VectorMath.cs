using System.Numerics;
using System.Runtime.InteropServices;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>Products and distances of two vectors of equal length in double precision.</summary>
internal static class VectorMath
{
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (var k = 0; k < va.Length; k++) sum += va[k] * vb[k];
        var total = Vector.Sum(sum);
        for (var k = va.Length * Vector<double>.Count; k < a.Length; k++) total += a[k] * b[k];
        return total;
    }

    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (var k = 0; k < va.Length; k++)
        {
            var difference = va[k] - vb[k];
            sum += difference * difference;
        }
        var total = Vector.Sum(sum);
        for (var k = va.Length * Vector<double>.Count; k < a.Length; k++) total += (a[k] - b[k]) * (a[k] - b[k]);
        return total;
    }
}
