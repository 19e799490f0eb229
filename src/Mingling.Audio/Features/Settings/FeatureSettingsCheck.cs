namespace Mingling.Audio;

/// <summary>Finds everything that is wrong with feature settings at once.</summary>
internal static class FeatureSettingsCheck
{
    private const double SmallestLogArgument = 1e-37;

    /// <summary>What is wrong, one clause each; a clause about a property begins with it.</summary>
    public static IEnumerable<string> FindProblems(FeatureSettings settings) =>
        [.. Framing(settings), .. Filters(settings), .. Compression(settings), .. Cepstra(settings)];

    private static IEnumerable<string> Framing(FeatureSettings s)
    {
        if (!SampleRates.Include(s.SampleRate)) yield return $"SampleRate {s.SampleRate} is outside {SampleRates.Lowest}…{SampleRates.Highest}";
        if (s.FftSize is < 2 or > 65536) yield return $"FftSize {s.FftSize} is outside 2…65536";
        if (s.WindowSamples < 2 || s.WindowSamples > s.FftSize) yield return $"WindowSamples {s.WindowSamples} is outside 2…FftSize ({s.FftSize})";
        if (s.HopSamples is < 1 or > 1 << 20) yield return $"HopSamples {s.HopSamples} is outside 1…{1 << 20}";
        if (!Enum.IsDefined(s.Window)) yield return $"Window {s.Window} is unknown";
        if (!Enum.IsDefined(s.Alignment)) yield return $"Alignment {s.Alignment} is unknown";
        if (!Within(s.BlackmanCoefficient, 0, 1)) yield return $"BlackmanCoefficient {s.BlackmanCoefficient} is outside 0…1";
        if (!Within(s.PreEmphasis, 0, 1)) yield return $"PreEmphasis {s.PreEmphasis} is outside 0…1";
    }

    private static IEnumerable<string> Filters(FeatureSettings s)
    {
        if (s.SpectrumExponent is not (1 or 2)) yield return $"SpectrumExponent {s.SpectrumExponent} is neither 1 nor 2";
        if (!Enum.IsDefined(s.MelScale)) yield return $"MelScale {s.MelScale} is unknown";
        if (!Enum.IsDefined(s.MelNorm)) yield return $"MelNorm {s.MelNorm} is unknown";
        if (s.MelBins is < 1 or > 1024) yield return $"MelBins {s.MelBins} is outside 1…1024";
        if (!(s.UpperEdgeHz <= s.NyquistHz)) yield return $"HighHz {s.HighHz} is above the Nyquist frequency {s.NyquistHz}";
        if (!(s.LowHz >= 0 && s.LowHz < s.UpperEdgeHz)) yield return $"LowHz {s.LowHz} is outside 0…HighHz ({s.UpperEdgeHz})";
        if (!double.IsFinite(s.WarpLowHz) || !double.IsFinite(s.WarpHighHz)) yield return $"WarpLowHz {s.WarpLowHz} or WarpHighHz {s.WarpHighHz} is no number";
        else if (!Within(s.WarpFactor, 0.5, 2)) yield return $"WarpFactor {s.WarpFactor} is outside 0.5…2";
        else if (s.WarpFactor != 1 && !WarpFits(s))
            yield return $"the bends of the warp, WarpLowHz {s.WarpLowHz} and WarpHighHz {s.WarpHighHz} times the factor {s.WarpFactor}, do not lie in order between LowHz and HighHz";
    }

    private static IEnumerable<string> Compression(FeatureSettings s)
    {
        if (!Enum.IsDefined(s.Compression)) yield return $"Compression {s.Compression} is unknown";
        if (!Within(s.LogOffset, SmallestLogArgument, 1e6)) yield return $"LogOffset {s.LogOffset} is outside {SmallestLogArgument}…1e6";
        if (!Within(s.LogFloor, SmallestLogArgument, 1e6)) yield return $"LogFloor {s.LogFloor} is outside {SmallestLogArgument}…1e6";
        if (s.Pcen is null)
        {
            yield return "Pcen is missing";
            yield break;
        }

        if (!Within(s.Pcen.Smoothing, 1e-6, 1)) yield return $"Pcen.Smoothing {s.Pcen.Smoothing} is outside 1e-6…1";
        if (!Within(s.Pcen.Gain, 0, 1)) yield return $"Pcen.Gain {s.Pcen.Gain} is outside 0…1";
        if (!Within(s.Pcen.Bias, 0, 1e6)) yield return $"Pcen.Bias {s.Pcen.Bias} is outside 0…1e6";
        if (!Within(s.Pcen.Root, 1e-3, 1)) yield return $"Pcen.Root {s.Pcen.Root} is outside 1e-3…1";
        if (!Within(s.Pcen.Epsilon, 1e-30, 1)) yield return $"Pcen.Epsilon {s.Pcen.Epsilon} is outside 1e-30…1";
    }

    private static IEnumerable<string> Cepstra(FeatureSettings s)
    {
        if (s.Cepstra < 0 || s.Cepstra > s.MelBins) yield return $"Cepstra {s.Cepstra} is outside 0…MelBins ({s.MelBins})";
        if (!Enum.IsDefined(s.CosineNorm)) yield return $"CosineNorm {s.CosineNorm} is unknown";
        if (!Within(s.Lifter, 0, 1000)) yield return $"Lifter {s.Lifter} is outside 0…1000";
        if (!Within(s.EnergyFloor, 0, 1e30)) yield return $"EnergyFloor {s.EnergyFloor} is outside 0…1e30";
        if (s.Compression == FeatureCompression.Pcen && (s.Cepstra > 0 || s.UseEnergy))
            yield return "Pcen normalises mel energies and goes with neither Cepstra nor UseEnergy";
    }

    private static bool WarpFits(FeatureSettings s)
    {
        double low = s.WarpLowHz * Math.Max(1, s.WarpFactor), high = s.UpperBendHz * Math.Min(1, s.WarpFactor);
        return s.WarpLowHz > s.LowHz && low < high && s.UpperBendHz < s.UpperEdgeHz;
    }

    private static bool Within(double value, double low, double high) => value >= low && value <= high;
}
