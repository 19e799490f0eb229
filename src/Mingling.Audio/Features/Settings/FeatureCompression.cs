namespace Mingling.Audio;

/// <summary>What is done with the energy x of a mel filter.</summary>
public enum FeatureCompression
{
    /// <summary>x itself.</summary>
    None,

    /// <summary>ln(x + <see cref="FeatureSettings.LogOffset"/>).</summary>
    LogOffset,

    /// <summary>ln(max(x, <see cref="FeatureSettings.LogFloor"/>)), as Kaldi does.</summary>
    LogFloor,

    /// <summary>10 log₁₀(max(x, <see cref="FeatureSettings.LogFloor"/>)).</summary>
    Decibels,

    /// <summary>Per-channel energy normalisation with <see cref="FeatureSettings.Pcen"/> (Wang et al. 2017).</summary>
    Pcen,
}
