namespace Mingling.Audio;

/// <summary>
/// The taper laid over the samples of a window. "Periodic" windows of W samples are symmetric ones of W + 1 without the last
/// sample (what spectrograms of torch and TensorFlow use); Kaldi uses symmetric ones.
/// </summary>
public enum WindowShape
{
    /// <summary>½ − ½ cos(2πn/W).</summary>
    Hann,

    /// <summary>½ − ½ cos(2πn/(W−1)).</summary>
    HannSymmetric,

    /// <summary>0.54 − 0.46 cos(2πn/W).</summary>
    Hamming,

    /// <summary>0.54 − 0.46 cos(2πn/(W−1)).</summary>
    HammingSymmetric,

    /// <summary>Kaldi's own: the symmetric Hann window to the power 0.85.</summary>
    Povey,

    /// <summary>a − ½ cos(2πn/(W−1)) + (½ − a) cos(4πn/(W−1)) with <see cref="FeatureSettings.BlackmanCoefficient"/> a.</summary>
    BlackmanSymmetric,

    /// <summary>All ones.</summary>
    Rectangular,
}
