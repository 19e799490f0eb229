namespace Mingling.Audio;

/// <summary>
/// Computes the features that an encoder takes from the samples of a clip: fits it into the window, and turns frames of bins into
/// bins of frames. Training and recognition both use it. Holds scratch memory: one for each thread.
/// </summary>
public sealed class ClipFeaturizer
{
    private readonly FeatureExtractor _extractor;
    private readonly float[] _samples, _frames;

    /// <summary>Prepares the tables and the scratch memory.</summary>
    public ClipFeaturizer(ClipWindow window) : this(window, new FeatureExtractor(window.Features)) { }

    private ClipFeaturizer(ClipWindow window, FeatureExtractor extractor)
    {
        Window = window;
        _extractor = extractor;
        _samples = new float[window.Samples];
        _frames = new float[window.Values];
    }

    /// <summary>The window that clips are fitted into.</summary>
    public ClipWindow Window { get; }

    /// <summary>The features of a clip without augmentation, as validation and recognition use them.</summary>
    /// <param name="samples">Samples at the front end's rate, of any length.</param>
    /// <returns>[bins, frames], row by row.</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        float[] features = new float[Window.Values];
        Compute(samples, features);
        return features;
    }

    /// <summary>The features of a clip, into memory that the caller owns. Allocates nothing.</summary>
    /// <param name="samples">Samples at the front end's rate, of any length.</param>
    /// <param name="features">Receives [bins, frames], row by row; exactly <see cref="ClipWindow.Values"/> long.</param>
    /// <exception cref="ArgumentException">The features do not fit exactly.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> features)
    {
        if (features.Length != Window.Values)
            throw new ArgumentException($"{Window.Bins} bins of {Window.Frames} frames need {Window.Values} places, not {features.Length}.", nameof(features));
        Window.Fit(samples, _samples);
        _extractor.Compute(_samples, _frames);
        Transpose(_frames, Window.Bins, features);
    }

    /// <summary>A featurizer with the same tables and its own scratch memory, for another thread.</summary>
    public ClipFeaturizer Clone() => new(Window, _extractor.Clone());

    /// <summary>Turns features from frame by frame (<see cref="FeatureExtractor"/>) into bin by bin, as encoders take them.</summary>
    /// <param name="frames">[frames, bins], row by row.</param>
    /// <param name="bins">The number of values in a frame, at least 1.</param>
    /// <param name="features">Receives [bins, frames], row by row; at least as long as <paramref name="frames"/>.</param>
    public static void Transpose(ReadOnlySpan<float> frames, int bins, Span<float> features)
    {
        int count = frames.Length / bins;
        Transposition.Apply(frames, bins, count, bins, features, count);
    }
}
