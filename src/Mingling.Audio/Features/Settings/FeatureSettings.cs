using System.Text.Json.Serialization;

namespace Mingling.Audio;

/// <summary>
/// Everything that decides how samples become features. The defaults are those of <see cref="LogMel40"/>; other presets are
/// <see cref="Mfcc40"/>, <see cref="Fbank(int)"/> and <see cref="Pcen40"/>, and <c>with</c> changes single properties.
/// Values are checked together where the settings are used (<see cref="Validate"/>).
/// </summary>
public sealed partial record FeatureSettings
{
    /// <summary>Samples per second (Hz), within <see cref="SampleRates"/>; 16000 by default.</summary>
    public int SampleRate { get; init; } = 16000;

    /// <summary>W, the length of a window in samples, 2…<see cref="FftSize"/>; 480 (30 ms) by default.</summary>
    public int WindowSamples { get; init; } = 480;

    /// <summary>H, the samples from one frame to the next, 1 or more; 160 (10 ms) by default.</summary>
    public int HopSamples { get; init; } = 160;

    /// <summary>N, the size of the Fourier transform, <see cref="WindowSamples"/>…65536; windows are padded with zeros; 512 by default.</summary>
    public int FftSize { get; init; } = 512;

    /// <summary>The taper; Hann (periodic) by default.</summary>
    public WindowShape Window { get; init; } = WindowShape.Hann;

    /// <summary>The first coefficient of the Blackman window, 0…1, used by that window only; 0.42 by default.</summary>
    public double BlackmanCoefficient { get; init; } = 0.42;

    /// <summary>Where frames are, and how a clip continues beyond its edges; centred by default.</summary>
    public FrameAlignment Alignment { get; init; } = FrameAlignment.Centered;

    /// <summary>Whether samples are multiplied by 32768, as if they were 16-bit integers (Kaldi); no by default.</summary>
    public bool ScaleToInt16 { get; init; }

    /// <summary>Whether the mean of each window is subtracted from it; no by default.</summary>
    public bool RemoveDcOffset { get; init; }

    /// <summary>c in x[n] − c·x[n−1] within each window (its first sample is also used as the one before it), 0…1; 0 (off) by default.</summary>
    public double PreEmphasis { get; init; }

    /// <summary>The exponent of the spectrum: 2 for power, 1 for magnitude; 2 by default.</summary>
    public int SpectrumExponent { get; init; } = 2;

    /// <summary>The mel scale; HTK by default.</summary>
    public MelScale MelScale { get; init; } = MelScale.Htk;

    /// <summary>The height of the filters; all peak at 1 by default.</summary>
    public MelNorm MelNorm { get; init; } = MelNorm.None;

    /// <summary>The number of mel filters, 1…1024; 40 by default.</summary>
    public int MelBins { get; init; } = 40;

    /// <summary>The lower edge of the first filter in hertz, 0 or more; 0 by default.</summary>
    public double LowHz { get; init; }

    /// <summary>The upper edge of the last filter in hertz; 0 or less counts from the Nyquist frequency down; 0 by default.</summary>
    public double HighHz { get; init; }

    /// <summary>
    /// Vocal-tract length perturbation (Jaitly and Hinton 2013): the frequency axis of the filters is divided by this factor,
    /// piecewise linearly so that both ends stay, 0.5…2 and usefully 0.8…1.25; 1 (off) by default.
    /// </summary>
    public double WarpFactor { get; init; } = 1;

    /// <summary>Where the lower bend of the warp is, in hertz, above <see cref="LowHz"/>; used only with a warp; 100 by default.</summary>
    public double WarpLowHz { get; init; } = 100;

    /// <summary>Where the upper bend of the warp is, in hertz, below <see cref="HighHz"/>; 0 or less counts from the Nyquist frequency down; −500 by default.</summary>
    public double WarpHighHz { get; init; } = -500;

    /// <summary>What becomes of a filter's energy; ln(x + offset) by default.</summary>
    public FeatureCompression Compression { get; init; } = FeatureCompression.LogOffset;

    /// <summary>The offset of <see cref="FeatureCompression.LogOffset"/>, 1e-37 or more; 1e-6 by default.</summary>
    public double LogOffset { get; init; } = 1e-6;

    /// <summary>The floor of <see cref="FeatureCompression.LogFloor"/> and <see cref="FeatureCompression.Decibels"/>, 1e-37 or more; 2⁻²³ (Kaldi) by default.</summary>
    public double LogFloor { get; init; } = 1.1920928955078125e-07;

    /// <summary>The parameters of <see cref="FeatureCompression.Pcen"/>.</summary>
    public PcenSettings Pcen { get; init; } = new();

    /// <summary>The number of cepstral coefficients (MFCC), 1…<see cref="MelBins"/>, or 0 for none; 0 by default.</summary>
    public int Cepstra { get; init; }

    /// <summary>The scale of the cosine transform; orthonormal by default.</summary>
    public CosineNorm CosineNorm { get; init; } = CosineNorm.Orthonormal;

    /// <summary>Q in the factors 1 + Q/2 sin(πi/Q) of cepstral coefficient i, 0 (off) or more; 0 by default.</summary>
    public double Lifter { get; init; }

    /// <summary>Whether the log energy of the window is given: as a further value with mel features, in place of the first coefficient with MFCC; no by default.</summary>
    public bool UseEnergy { get; init; }

    /// <summary>Whether that energy is taken before pre-emphasis and window; yes by default.</summary>
    public bool RawEnergy { get; init; } = true;

    /// <summary>The smallest energy, 0 or more (never below 2⁻²³); 1 by default.</summary>
    public double EnergyFloor { get; init; } = 1;

    /// <summary>Whether the energy, or the first coefficient (then times √2), comes last as in HTK instead of first; no by default.</summary>
    public bool EnergyLast { get; init; }

    /// <summary>The length of a window in milliseconds.</summary>
    [JsonIgnore]
    public double WindowMs => 1000.0 * WindowSamples / SampleRate;

    /// <summary>The time from one frame to the next in milliseconds.</summary>
    [JsonIgnore]
    public double HopMs => 1000.0 * HopSamples / SampleRate;

    /// <summary>The number of values in a frame.</summary>
    [JsonIgnore]
    public int Bins => Cepstra > 0 ? Cepstra : MelBins + (UseEnergy ? 1 : 0);

    /// <summary>Half the sample rate: the highest frequency there is, in hertz.</summary>
    internal double NyquistHz => 0.5 * SampleRate;

    /// <summary>The upper edge of the last filter as a plain frequency.</summary>
    internal double UpperEdgeHz => HighHz > 0 ? HighHz : NyquistHz + HighHz;

    /// <summary>The upper bend of the warp as a plain frequency.</summary>
    internal double UpperBendHz => WarpHighHz > 0 ? WarpHighHz : NyquistHz + WarpHighHz;

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        var problems = FindProblems();
        if (problems.Count > 0) throw new ArgumentException($"The feature settings are wrong: {string.Join("; ", problems)}.");
    }

    /// <summary>Everything that is wrong with the settings, one clause each; empty where they can be used. A clause about a property begins with its name.</summary>
    public IReadOnlyList<string> FindProblems() => [.. FeatureSettingsCheck.FindProblems(this)];
}
