namespace Mingling.Experiments.Evaluation;

/// <summary>The noise that a model is judged in.</summary>
public sealed record NoiseOptions
{
    /// <summary>The ratios of signal to noise in decibels, as <see cref="Audio.NoiseMixer"/> defines them. Range: finite. Default: 20, 10, 5 and 0.</summary>
    public IReadOnlyList<double> SnrsDb { get; init; } = [20, 10, 5, 0];

    /// <summary>Decides, with the number of a clip and the ratio, which stretch of which recording is mixed in. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;
}
