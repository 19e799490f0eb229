namespace Mingling.Audio;

/// <summary>
/// One float, or several side by side, on which the same arithmetic is done. The front end puts one frame into each lane,
/// so no step ever mixes neighbours, and a frame gets the same bits alone and among others.
/// Only single operations that IEEE 754 rounds exactly are offered (no fused multiply-add), so every width agrees.
/// </summary>
internal interface ILane<TSelf>
    where TSelf : unmanaged, ILane<TSelf>
{
    /// <summary>How many floats lie side by side.</summary>
    static abstract int Width { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Lane l takes the float that lies l · stride floats after <paramref name="first"/>.</summary>
    static abstract TSelf Gather(ref float first, nint stride);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>Per lane: a &lt; b ? <paramref name="less"/> : <paramref name="otherwise"/> (NaN is not less).</summary>
    static abstract TSelf SelectLess(TSelf a, TSelf b, TSelf less, TSelf otherwise);

    /// <summary>Splits positive normal x = mantissa · 2^exponent with the mantissa in [√½, √2).</summary>
    static abstract TSelf SplitMantissa(TSelf x, out TSelf exponent);

    /// <summary>x · 2^power for whole powers, as long as argument and result are normal numbers.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf power);
}
