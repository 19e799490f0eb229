namespace Mingling.Recognition.Inference;

/// <summary>Checks that samples are finite and in the scale of ±1.</summary>
internal static class SampleCheck
{
    /// <summary>Larger samples are in another scale, mostly that of 16-bit integers.</summary>
    private const float LargestAmplitude = 256;

    /// <summary>The index of the first sample that is not finite or is beyond ±256; negative where there is none.</summary>
    public static int FirstWrong(ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            // NaN is not smaller than anything.
            if (!(MathF.Abs(samples[i]) <= LargestAmplitude)) return i;
        }

        return -1;
    }

    /// <summary>What is wrong with such a sample, as the end of a sentence.</summary>
    public static string Problem(float sample) => float.IsFinite(sample)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is {sample:G6}, where full scale is ±1; divide 16-bit integers by 32768")
        : "is not a finite number";
}
