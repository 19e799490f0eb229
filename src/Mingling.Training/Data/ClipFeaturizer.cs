using Mingling.Audio;

namespace Mingling.Training.Data;

/// <summary>
/// Computes the features that an encoder takes from the samples of a clip: fits it into the window, and turns frames of bins into
/// bins of frames. Holds scratch memory: one for each thread.
/// </summary>
public sealed class ClipFeaturizer
{
    private readonly ClipWindow _window;
    private readonly FeatureExtractor _extractor;
    private readonly float[] _samples, _frames;

    /// <summary>Prepares the scratch memory.</summary>
    public ClipFeaturizer(ClipWindow window)
    {
        _window = window;
        _extractor = new FeatureExtractor(window.Features);
        _samples = new float[window.Samples];
        _frames = new float[window.Values];
    }

    /// <summary>The features of a clip without augmentation, as validation and recognition see it.</summary>
    /// <param name="samples">Samples at the front end's rate, of any length.</param>
    /// <returns>[bins, frames], row by row.</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        var features = new float[_window.Values];
        ClipLength.Fit(samples, _samples);
        _extractor.Compute(_samples, _frames);
        Transpose(_frames, _window.Bins, features);
        return features;
    }

    /// <summary>[frames, bins] → [bins, frames].</summary>
    internal static void Transpose(ReadOnlySpan<float> frames, int bins, Span<float> features)
    {
        int count = frames.Length / bins;
        for (int bin = 0; bin < bins; bin++)
        {
            var row = features.Slice(bin * count, count);
            for (int frame = 0; frame < row.Length; frame++) row[frame] = frames[frame * bins + bin];
        }
    }
}
