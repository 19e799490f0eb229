namespace Mingling.Audio;

/// <summary>
/// Per-channel energy normalisation (Wang, Getreuer, Hughes, Lyon and Saurous 2017, equations 1 and 2):
/// M(t) = (1 − s) M(t−1) + s E(t), PCEN(t) = (E(t)/(ε + M(t))^α + δ)^r − δ^r.
/// The smoother begins with the first frame, M(0) = E(0), which a stream knows as well as a whole clip does.
/// </summary>
public sealed record PcenSettings
{
    /// <summary>s, the weight of the newest frame in the smoother, in (0, 1]; 0.025 by default.</summary>
    public double Smoothing { get; init; } = 0.025;

    /// <summary>α, the strength of the gain control, in [0, 1]; 0.98 by default.</summary>
    public double Gain { get; init; } = 0.98;

    /// <summary>δ, the offset before the root, 0 or more; 2 by default.</summary>
    public double Bias { get; init; } = 2;

    /// <summary>r, the root, in (0, 1]; ½ by default.</summary>
    public double Root { get; init; } = 0.5;

    /// <summary>ε, which keeps the gain finite in silence, in [1e-30, 1]; 1e-6 by default.</summary>
    public double Epsilon { get; init; } = 1e-6;
}
