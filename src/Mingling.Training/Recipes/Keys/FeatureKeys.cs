using Mingling.Audio;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="FeatureSettings"/> and its <see cref="PcenSettings"/>; the ranges are those of <see cref="FeatureSettings.Validate"/>.</summary>
internal static class FeatureKeys
{
    /// <summary>Stands for no single setting, but for all of the front end. What a file says of those is said on top of it.</summary>
    public const string Preset = "features.preset";

    private static readonly NumberRange LogArgument = new(1e-37, 1e6);

    public static IRecipeTable Table { get; } = new RecipeTable<FeatureSettings>(
            "features", "The front end that turns sound into features.", recipe => recipe.Features, (recipe, features) => recipe with { Features = features })
        .Add("preset", ChoiceValue.FromNames(FeatureSettings.Names), RecipeKeys.NearestPreset, (_, v) => FeatureSettings.FromName(v),
            "Preset of the front end; the keys below change single settings of it.")
        .Add("sample-rate", new WholeValue(SampleRates.Lowest, SampleRates.Highest), f => f.SampleRate, (f, v) => f with { SampleRate = v }, "Samples per second.")
        .Add("window-samples", new WholeValue(2, 65_536), f => f.WindowSamples, (f, v) => f with { WindowSamples = v },
            "Length of a window in samples; at most fft-size.")
        .Add("hop-samples", new WholeValue(1, 1 << 20), f => f.HopSamples, (f, v) => f with { HopSamples = v }, "Samples from one frame to the next.")
        .Add("fft-size", new WholeValue(2, 65_536), f => f.FftSize, (f, v) => f with { FftSize = v },
            "Size of the Fourier transform in samples; windows are padded with zeros.")
        .Add("window", ChoiceValue.FromEnum<WindowShape>(), f => f.Window, (f, v) => f with { Window = v }, "Window function.")
        .Add("blackman-coefficient", new NumberValue(NumberRange.Share), f => f.BlackmanCoefficient, (f, v) => f with { BlackmanCoefficient = v },
            "First coefficient of the Blackman window, for that window only.")
        .Add("alignment", ChoiceValue.FromEnum<FrameAlignment>(), f => f.Alignment, (f, v) => f with { Alignment = v },
            "Position of the frames, and padding at the edges of a clip.")
        .Add("scale-to-int16", new FlagValue(), f => f.ScaleToInt16, (f, v) => f with { ScaleToInt16 = v },
            "Multiply samples by 32768, as if they were 16-bit integers.")
        .Add("remove-dc-offset", new FlagValue(), f => f.RemoveDcOffset, (f, v) => f with { RemoveDcOffset = v }, "Subtract the mean of each window.")
        .Add("pre-emphasis", new NumberValue(NumberRange.Share), f => f.PreEmphasis, (f, v) => f with { PreEmphasis = v },
            "Coefficient c of x[n] - c x[n-1] within each window; 0 for none.")
        .Add("spectrum-exponent", new WholeValue(1, 2), f => f.SpectrumExponent, (f, v) => f with { SpectrumExponent = v },
            "2 for the power spectrum, 1 for the magnitude.")
        .Add("mel-scale", ChoiceValue.FromEnum<MelScale>(), f => f.MelScale, (f, v) => f with { MelScale = v }, "Formula of the mel scale.")
        .Add("mel-norm", ChoiceValue.FromEnum<MelNorm>(), f => f.MelNorm, (f, v) => f with { MelNorm = v },
            "Normalization of the filters: none gives them height 1, slaney area 1.")
        .Add("mel-bins", new WholeValue(1, 1024), f => f.MelBins, (f, v) => f with { MelBins = v }, "Number of mel filters.")
        .Add("low-hz", new NumberValue(NumberRange.NotNegative), f => f.LowHz, (f, v) => f with { LowHz = v }, "Lower edge of the first filter in hertz.")
        .Add("high-hz", new NumberValue(new NumberRange()), f => f.HighHz, (f, v) => f with { HighHz = v },
            "Upper edge of the last filter in hertz; 0 or less counts down from half the sample rate.")
        .Add("warp-factor", new NumberValue(new NumberRange(0.5, 2)), f => f.WarpFactor, (f, v) => f with { WarpFactor = v },
            "Factor by which the frequency axis of the filters is divided, for all clips; 1 for none.")
        .Add("warp-low-hz", new NumberValue(new NumberRange()), f => f.WarpLowHz, (f, v) => f with { WarpLowHz = v },
            "Lower bend of the warp in hertz, above low-hz; used with a warp-factor other than 1.")
        .Add("warp-high-hz", new NumberValue(new NumberRange()), f => f.WarpHighHz, (f, v) => f with { WarpHighHz = v },
            "Upper bend of the warp in hertz; 0 or less counts down from half the sample rate.")
        .Add("compression", ChoiceValue.FromEnum<FeatureCompression>(), f => f.Compression, (f, v) => f with { Compression = v },
            "Compression of a filter's energy x: none, ln(x + log-offset), ln(max(x, log-floor)), the same in decibels, or per-channel energy normalisation.")
        .Add("log-offset", new NumberValue(LogArgument), f => f.LogOffset, (f, v) => f with { LogOffset = v }, "Offset of the compression log-offset.")
        .Add("log-floor", new NumberValue(LogArgument), f => f.LogFloor, (f, v) => f with { LogFloor = v },
            "Floor of the compressions log-floor and decibels.")
        .Add("cepstra", new WholeValue(0, 1024), f => f.Cepstra, (f, v) => f with { Cepstra = v },
            "Number of cepstral coefficients (MFCC), at most mel-bins; 0 for none.")
        .Add("cosine-norm", ChoiceValue.FromEnum<CosineNorm>(), f => f.CosineNorm, (f, v) => f with { CosineNorm = v }, "Scale of the cosine transform.")
        .Add("lifter", new NumberValue(new NumberRange(0, 1000)), f => f.Lifter, (f, v) => f with { Lifter = v },
            "Q in the factors 1 + Q/2 sin(πi/Q) of cepstral coefficient i; 0 for none.")
        .Add("use-energy", new FlagValue(), f => f.UseEnergy, (f, v) => f with { UseEnergy = v },
            "Output the log energy of the window: as an additional value with mel features, instead of the first coefficient with MFCC.")
        .Add("raw-energy", new FlagValue(), f => f.RawEnergy, (f, v) => f with { RawEnergy = v }, "Compute the energy before pre-emphasis and window function.")
        .Add("energy-floor", new NumberValue(new NumberRange(0, 1e30)), f => f.EnergyFloor, (f, v) => f with { EnergyFloor = v }, "Floor of the energy.")
        .Add("energy-last", new FlagValue(), f => f.EnergyLast, (f, v) => f with { EnergyLast = v },
            "Put the energy or the first coefficient last, as HTK does.");

    public static IRecipeTable Pcen { get; } = new RecipeTable<PcenSettings>(
            "features.pcen", "Per-channel energy normalisation, for the compression pcen.",
            recipe => recipe.Features.Pcen, (recipe, pcen) => recipe with { Features = recipe.Features with { Pcen = pcen } })
        .Add("smoothing", new NumberValue(new NumberRange(1e-6, 1)), p => p.Smoothing, (p, v) => p with { Smoothing = v },
            "Weight of the newest frame in the smoother.")
        .Add("gain", new NumberValue(NumberRange.Share), p => p.Gain, (p, v) => p with { Gain = v }, "Strength of the gain control.")
        .Add("bias", new NumberValue(new NumberRange(0, 1e6)), p => p.Bias, (p, v) => p with { Bias = v }, "Offset before the root.")
        .Add("root", new NumberValue(new NumberRange(1e-3, 1)), p => p.Root, (p, v) => p with { Root = v }, "Exponent of the root.")
        .Add("epsilon", new NumberValue(new NumberRange(1e-30, 1)), p => p.Epsilon, (p, v) => p with { Epsilon = v },
            "Keeps the gain finite in silence.");
}
