using System.Numerics;
using System.Runtime.InteropServices;

namespace Mingling.Recognition.Inference;

/// <summary>Directions of embeddings (vectors of length 1) and the angles between them.</summary>
internal static class Direction
{
    /// <summary>The vector scaled to length 1; one of length 0 stays 0.</summary>
    public static float[] Normalize(ReadOnlySpan<float> vector)
    {
        double length = Length(vector);
        float[] direction = new float[vector.Length];
        for (int i = 0; i < direction.Length && length > 0; i++) direction[i] = (float)(vector[i] / length);
        return direction;
    }

    /// <summary>The cosine of the angle between a direction and a vector, 0 for a vector of length 0.</summary>
    public static double Cosine(ReadOnlySpan<float> direction, ReadOnlySpan<float> vector)
    {
        double length = Length(vector);
        return length > 0 ? Math.Clamp(Product(direction, vector) / length, -1, 1) : 0;
    }

    /// <summary>The length of a vector.</summary>
    public static double Length(ReadOnlySpan<float> vector)
    {
        double power = 0;
        foreach (float x in vector) power += (double)x * x;
        return Math.Sqrt(power);
    }

    /// <summary>The sum of the products of two vectors of one length.</summary>
    public static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (int i = 0; i < wideA.Length; i++) sums += wideA[i] * wideB[i];
        float sum = Vector.Sum(sums);
        for (int i = wideA.Length * Vector<float>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
