namespace Mingling.Audio;

/// <summary>The stretch of sound that an encoder hears at once, and the size of its features.</summary>
public sealed class ClipWindow
{
    /// <summary>Works out the sizes.</summary>
    /// <param name="features">The front end.</param>
    /// <param name="seconds">The length of the stretch.</param>
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

    /// <summary>Samples of the stretch.</summary>
    public int Samples { get; }

    /// <summary>Feature bins of a frame.</summary>
    public int Bins { get; }

    /// <summary>Frames of the stretch.</summary>
    public int Frames { get; }

    /// <summary>Values of the features of one clip.</summary>
    public int Values => Bins * Frames;

    /// <summary>Whether the features are logarithms of the power in mel bands.</summary>
    internal bool AreLogMel => Features.Cepstra == 0 && Features.Compression is FeatureCompression.LogOffset or FeatureCompression.LogFloor;
}
