namespace Mingling.Audio;

/// <summary>What the lanes know about the bits of a float.</summary>
internal static class FloatBits
{
    /// <summary>The width of the stored mantissa.</summary>
    public const int MantissaBits = 23;

    /// <summary>The bits of √½.</summary>
    public const int SqrtHalf = 0x3F3504F3;
}
