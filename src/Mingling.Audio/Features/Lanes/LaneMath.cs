using System.Runtime.CompilerServices;

namespace Mingling.Audio;

/// <summary>
/// Natural logarithm and exponential with the same result in every lane and on every machine.
/// Both follow the classical scheme of the Cephes library (S. Moshier, 1989): range reduction by powers of two with the
/// constant ln 2 in two pieces, and a minimax polynomial on what remains.
/// </summary>
internal static class LaneMath
{
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float SmallestNormal = 1.17549435e-38f;
    private const float TwoTo23 = 8388608f;
    private const float RoundToWhole = 12582912f; // 1.5 · 2^23: adding it leaves no room for a fraction
    private const float ExpMax = 88.0f;
    private const float ExpMin = -87.0f;

    /// <summary>The larger of two lanes; NaN in the first argument stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Max<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> => TLane.SelectLess(a, b, b, a);

    /// <summary>The smaller of two lanes; NaN in the first argument stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Min<TLane>(TLane a, TLane b)
        where TLane : unmanaged, ILane<TLane> => TLane.SelectLess(b, a, b, a);

    /// <summary>ln x, within 2 units in the last place; −∞ for 0, NaN below, ∞ and NaN unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Log<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        var zero = TLane.Broadcast(0f);
        var normal = TLane.SelectLess(x, TLane.Broadcast(SmallestNormal), x * TLane.Broadcast(TwoTo23), x);
        var lift = TLane.SelectLess(x, TLane.Broadcast(SmallestNormal), TLane.Broadcast(FloatBits.MantissaBits), zero);
        var m = TLane.SplitMantissa(normal, out var exponent) - TLane.Broadcast(1f);
        exponent -= lift;

        var square = m * m;
        var y = TLane.Broadcast(7.0376836292e-2f);
        y = (y * m) + TLane.Broadcast(-1.1514610310e-1f);
        y = (y * m) + TLane.Broadcast(1.1676998740e-1f);
        y = (y * m) + TLane.Broadcast(-1.2420140846e-1f);
        y = (y * m) + TLane.Broadcast(1.4249322787e-1f);
        y = (y * m) + TLane.Broadcast(-1.6668057665e-1f);
        y = (y * m) + TLane.Broadcast(2.0000714765e-1f);
        y = (y * m) + TLane.Broadcast(-2.4999993993e-1f);
        y = (y * m) + TLane.Broadcast(3.3333331174e-1f);
        y = y * m * square;
        y += exponent * TLane.Broadcast(Ln2Low);
        y -= TLane.Broadcast(0.5f) * square;
        var result = m + y + (exponent * TLane.Broadcast(Ln2High));

        result = TLane.SelectLess(x, TLane.Broadcast(float.PositiveInfinity), result, x);
        var notPositive = TLane.SelectLess(x, zero, TLane.Broadcast(float.NaN), TLane.Broadcast(float.NegativeInfinity));
        var positiveOrNaN = TLane.SelectLess(zero, x, result, x + notPositive);
        return positiveOrNaN;
    }

    /// <summary>e^x within 2 units in the last place; the argument is held within −87…88, where the result is a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Exp<TLane>(TLane x)
        where TLane : unmanaged, ILane<TLane>
    {
        var held = Min(Max(x, TLane.Broadcast(ExpMin)), TLane.Broadcast(ExpMax));
        var rounder = TLane.Broadcast(RoundToWhole);
        var power = (held * TLane.Broadcast(1.44269504088896341f)) + rounder - rounder;
        var r = held - (power * TLane.Broadcast(Ln2High)) - (power * TLane.Broadcast(Ln2Low));
        var y = TLane.Broadcast(1.9875691500e-4f);
        y = (y * r) + TLane.Broadcast(1.3981999507e-3f);
        y = (y * r) + TLane.Broadcast(8.3334519073e-3f);
        y = (y * r) + TLane.Broadcast(4.1665795894e-2f);
        y = (y * r) + TLane.Broadcast(1.6666665459e-1f);
        y = (y * r) + TLane.Broadcast(5.0000001201e-1f);
        y = (y * r * r) + r + TLane.Broadcast(1f);
        return TLane.ScaleByPowerOfTwo(y, power);
    }
}
