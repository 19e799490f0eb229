using System.Text.Json.Serialization;
using Mingling.Audio;

namespace Mingling.Training.Recipes;

/// <summary>
/// How training clips are varied. Every draw depends only on the seed, the epoch and the clip, so that neither the number of
/// threads nor an interruption changes what the encoder sees.
/// </summary>
public sealed record AugmentationSettings
{
    /// <summary>No variation at all.</summary>
    public static AugmentationSettings None { get; } = new()
    {
        ShiftMilliseconds = 0,
        GainDb = 0,
        SpeedProbability = 0,
        NoiseProbability = 0,
        WarpProbability = 0,
        ColorDb = 0,
        Masks = new SpecAugment { TimeMasks = 0, FrequencyMasks = 0 },
    };

    /// <summary>The clip moves by up to this much to either side. Range: 0 or more. Default: 100.</summary>
    public double ShiftMilliseconds { get; init; } = 100;

    /// <summary>The level changes by up to this many decibels to either side. Range: 0 or more. Default: 6.</summary>
    public double GainDb { get; init; } = 6;

    /// <summary>The probability that a clip is played faster or slower. Default: 0.5.</summary>
    public double SpeedProbability { get; init; } = 0.5;

    /// <summary>The slowest speed. Range: 0.5 to 1. Default: 0.85.</summary>
    public double SlowestSpeed { get; init; } = 0.85;

    /// <summary>The fastest speed. Range: 1 to 2. Default: 1.15.</summary>
    public double FastestSpeed { get; init; } = 1.15;

    /// <summary>The probability that noise is mixed in. Default: 0.5.</summary>
    public double NoiseProbability { get; init; } = 0.5;

    /// <summary>The lowest signal-to-noise ratio in decibels. Default: 5.</summary>
    public double LowestSnrDb { get; init; } = 5;

    /// <summary>The highest signal-to-noise ratio in decibels. Default: 30.</summary>
    public double HighestSnrDb { get; init; } = 30;

    /// <summary>The probability that the clip is heard in a room (<see cref="ImageSourceRoom"/>). Default: 0.</summary>
    public double RoomProbability { get; init; }

    /// <summary>The probability that a synthesizer says the clip again (<see cref="LinearPredictionVocoder"/>). Default: 0.</summary>
    public double VocoderProbability { get; init; }

    /// <summary>The probability that the clip is heard by another microphone (<see cref="RandomMicrophone"/>). Default: 0.</summary>
    public double MicrophoneProbability { get; init; }

    /// <summary>The probability that the mel axis is warped, as by a longer or shorter vocal tract. Default: 0.7.</summary>
    public double WarpProbability { get; init; } = 0.7;

    /// <summary>The warp factors go from 1 − this to 1 + this. Range: 0 to 0.2. Default: 0.15.</summary>
    public double WarpRange { get; init; } = 0.15;

    /// <summary>
    /// Log-mel features take on a random colour, as of another microphone or room: a sum of 4 cosines over the mel axis, each up to this
    /// high in decibels. Range: 0 or more. Default: 0.
    /// </summary>
    [JsonPropertyName("colourDb")] // As run folders have it since version 1.
    public double ColorDb { get; init; }

    /// <summary>SpecAugment: masks over time and feature bins. Default: 2 of at most 20 frames and 2 of at most 7 bins.</summary>
    public SpecAugment Masks { get; init; } = new();
}
