using Mingling.Audio;

namespace Mingling.Serving.Sound;

/// <summary>
/// The rate at which sound of any rate is resampled. The filter between two rates with little in common is huge (16,000 phases from 44,099 Hz),
/// so that a client could take much memory by naming one. Such a rate is taken as the nearest one with a small filter: at most 50 Hz off
/// at 384 kHz, 5 Hz at 44 kHz and 2 Hz at 8 kHz, which no word notices. Times are corrected for it.
/// </summary>
internal static class UsableRate
{
    /// <summary>256 KiB of coefficients.</summary>
    private const int LargestFilter = 1 << 16;

    /// <summary>The nearest usable rate, which for every usual rate is the rate itself.</summary>
    /// <param name="rate">The rate of the sound (Hz), within <see cref="SampleRates"/>.</param>
    /// <param name="modelRate">The rate of the model (Hz).</param>
    public static int Nearest(int rate, int modelRate)
    {
        for (int off = 0; ; off++)
        {
            if (IsUsable(rate + off)) return rate + off;
            if (IsUsable(rate - off)) return rate - off;
        }

        bool IsUsable(int candidate) => SampleRates.Include(candidate) && Coefficients(candidate, modelRate) <= LargestFilter;
    }

    /// <summary>Phases times taps of the filter of <see cref="Resampler"/>, to within a few taps.</summary>
    private static double Coefficients(int from, int to)
    {
        int phases = to / Gcd(from, to);
        double taps = 2 + (2 * Resampler.DefaultFilterWidth / Resampler.DefaultRolloff * Math.Max(1, (double)from / to));
        return from == to ? 0 : phases * taps;
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
