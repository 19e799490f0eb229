using Mingling.Audio;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="AugmentationSettings"/> and its masks.</summary>
internal static class AugmentationKeys
{
    public static IRecipeTable Table { get; } = new RecipeTable<AugmentationSettings>(
            "augmentation", "Augmentation of training clips.", recipe => recipe.Augmentation, (recipe, varied) => recipe with { Augmentation = varied })
        .Add("shift-milliseconds", new NumberValue(NumberRange.NotNegative), a => a.ShiftMilliseconds, (a, v) => a with { ShiftMilliseconds = v },
            "Largest shift in time, in milliseconds to either side.")
        .Add("gain-db", new NumberValue(NumberRange.NotNegative), a => a.GainDb, (a, v) => a with { GainDb = v },
            "Largest change of the level, in decibels up or down.")
        .Add("speed-probability", new NumberValue(NumberRange.Share), a => a.SpeedProbability, (a, v) => a with { SpeedProbability = v },
            "Probability that a clip is played faster or slower.")
        .Add("slowest-speed", new NumberValue(new NumberRange(0.5, 1)), a => a.SlowestSpeed, (a, v) => a with { SlowestSpeed = v },
            "Slowest speed, as a multiple of the clip's own.")
        .Add("fastest-speed", new NumberValue(new NumberRange(1, 2)), a => a.FastestSpeed, (a, v) => a with { FastestSpeed = v },
            "Fastest speed, as a multiple of the clip's own.")
        .Add("noise-probability", new NumberValue(NumberRange.Share), a => a.NoiseProbability, (a, v) => a with { NoiseProbability = v },
            "Probability that noise is mixed in.")
        .Add("lowest-snr-db", new NumberValue(new NumberRange()), a => a.LowestSnrDb, (a, v) => a with { LowestSnrDb = v },
            "Lowest signal-to-noise ratio in decibels; not above the highest.")
        .Add("highest-snr-db", new NumberValue(new NumberRange()), a => a.HighestSnrDb, (a, v) => a with { HighestSnrDb = v },
            "Highest signal-to-noise ratio in decibels.")
        .Add("room-probability", new NumberValue(NumberRange.Share), a => a.RoomProbability, (a, v) => a with { RoomProbability = v },
            "Probability that a clip is heard with the echoes of a room.")
        .Add("vocoder-probability", new NumberValue(NumberRange.Share), a => a.VocoderProbability, (a, v) => a with { VocoderProbability = v },
            "Probability that a clip is said again by a simple synthesizer, with another pitch.")
        .Add("microphone-probability", new NumberValue(NumberRange.Share), a => a.MicrophoneProbability, (a, v) => a with { MicrophoneProbability = v },
            "Probability that a clip is heard through another microphone: band, response, clipping, coding.")
        .Add("warp-probability", new NumberValue(NumberRange.Share), a => a.WarpProbability, (a, v) => a with { WarpProbability = v },
            "Probability that the mel axis is warped, as by a longer or shorter vocal tract.")
        .Add("warp-range", new NumberValue(new NumberRange(0, 0.2)), a => a.WarpRange, (a, v) => a with { WarpRange = v },
            "Range of the warp factors: from 1 - range to 1 + range.")
        .Add("colour-db", new NumberValue(NumberRange.NotNegative), a => a.ColorDb, (a, v) => a with { ColorDb = v },
            "Random coloration of log-mel features in decibels, as by another microphone or room.");

    public static IRecipeTable Masks { get; } = new RecipeTable<SpecAugment>(
            "augmentation.masks", "SpecAugment: masks over time and feature bins.",
            recipe => recipe.Augmentation.Masks, (recipe, masks) => recipe with { Augmentation = recipe.Augmentation with { Masks = masks } })
        .Add("frequency-masks", new WholeValue(0), m => m.FrequencyMasks, (m, v) => m with { FrequencyMasks = v }, "Number of masks over feature bins.")
        .Add("frequency-width", new WholeValue(0), m => m.FrequencyWidth, (m, v) => m with { FrequencyWidth = v }, "Largest width of such a mask in bins.")
        .Add("time-masks", new WholeValue(0), m => m.TimeMasks, (m, v) => m with { TimeMasks = v }, "Number of masks over time.")
        .Add("time-width", new WholeValue(0), m => m.TimeWidth, (m, v) => m with { TimeWidth = v }, "Largest width of such a mask in frames.");
}
