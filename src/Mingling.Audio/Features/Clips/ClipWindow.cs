namespace Mingling.Audio;

/// <summary>The length of sound that an encoder takes at once, and the size of its features.</summary>
public sealed class ClipWindow
{
    /// <summary>Computes the sizes.</summary>
    /// <param name="features">The front end.</param>
    /// <param name="seconds">The length of the window in seconds.</param>
    /// <param name="countedSeconds">The length at its end that counts, in seconds, of which there are no more than the window has; null (default) where all of it does.</param>
    /// <exception cref="ArgumentException">The front end's settings are out of range.</exception>
    public ClipWindow(FeatureSettings features, double seconds, double? countedSeconds = null)
    {
        var extractor = new FeatureExtractor(features);
        Features = features;
        Samples = (int)Math.Round(seconds * features.SampleRate);
        Counted = countedSeconds is { } counted ? Math.Clamp((int)Math.Round(counted * features.SampleRate), Math.Min(1, Samples), Samples) : Samples;
        Bins = extractor.Bins;
        Frames = extractor.FrameCount(Samples);
    }

    /// <summary>The front end.</summary>
    public FeatureSettings Features { get; }

    /// <summary>The number of samples in the window.</summary>
    public int Samples { get; }

    /// <summary>The number of samples at the end of the window in which a word must lie to be recognised; all of them in most models.</summary>
    public int Counted { get; }

    /// <summary>The number of feature bins in a frame.</summary>
    public int Bins { get; }

    /// <summary>The number of frames in the window.</summary>
    public int Frames { get; }

    /// <summary>The number of feature values of one clip: bins times frames.</summary>
    public int Values => Bins * Frames;

    /// <summary>Fits a clip into the window (<see cref="ClipLength.Fit(ReadOnlySpan{float}, Span{float}, int)"/>).</summary>
    /// <param name="samples">The clip, of any length.</param>
    /// <param name="destination">Receives <see cref="Samples"/> samples; must not overlap the clip.</param>
    /// <returns>Which sample of the clip the window begins with: negative where silence comes first.</returns>
    public int Fit(ReadOnlySpan<float> samples, Span<float> destination) => ClipLength.Fit(samples, destination, Counted);

    /// <summary>Whether the features are natural logarithms of mel energies, without a cosine transform.</summary>
    public bool AreLogMel => Features.Cepstra == 0 && Features.Compression is FeatureCompression.LogOffset or FeatureCompression.LogFloor;
}
