namespace Mingling.Audio;

/// <summary>The length of sound that an encoder takes at once, and the size of its features.</summary>
public sealed class ClipWindow
{
    /// <summary>Computes the sizes.</summary>
    /// <param name="features">The front end.</param>
    /// <param name="seconds">The length of the window in seconds.</param>
    /// <exception cref="ArgumentException">The front end's settings are out of range.</exception>
    public ClipWindow(FeatureSettings features, double seconds)
    {
        var extractor = new FeatureExtractor(features);
        Features = features;
        Samples = (int)Math.Round(seconds * features.SampleRate);
        Bins = extractor.Bins;
        Frames = extractor.FrameCount(Samples);
    }

    /// <summary>The front end.</summary>
    public FeatureSettings Features { get; }

    /// <summary>The number of samples in the window.</summary>
    public int Samples { get; }

    /// <summary>The number of feature bins in a frame.</summary>
    public int Bins { get; }

    /// <summary>The number of frames in the window.</summary>
    public int Frames { get; }

    /// <summary>The number of feature values of one clip: bins times frames.</summary>
    public int Values => Bins * Frames;

    /// <summary>Whether the features are natural logarithms of mel energies, without a cosine transform.</summary>
    public bool AreLogMel => Features.Cepstra == 0 && Features.Compression is FeatureCompression.LogOffset or FeatureCompression.LogFloor;
}
