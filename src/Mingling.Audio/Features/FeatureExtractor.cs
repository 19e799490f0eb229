namespace Mingling.Audio;

/// <summary>
/// Computes the features of whole clips. Tables are shared between an extractor, its <see cref="Clone"/>s and the
/// <see cref="FeatureStream"/>s made from it; scratch memory belongs to the instance, so an instance is for one thread at a time,
/// and several threads take a clone each.
/// </summary>
public sealed class FeatureExtractor
{
    private readonly FrameEngine _engine;

    /// <summary>Prepares the tables for these settings.</summary>
    /// <param name="settings">A preset or own settings.</param>
    /// <exception cref="ArgumentException">The settings are wrong; the message names everything that is.</exception>
    public FeatureExtractor(FeatureSettings settings)
        : this(settings, vectorized: true)
    {
    }

    internal FeatureExtractor(FeatureSettings settings, bool vectorized)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _engine = new FrameEngine(new FeatureTables(settings), vectorized);
    }

    private FeatureExtractor(FrameEngine engine) => _engine = engine;

    /// <summary>The settings the extractor was made with.</summary>
    public FeatureSettings Settings => _engine.Tables.Settings;

    /// <summary>The number of values in a frame.</summary>
    public int Bins => Settings.Bins;

    /// <summary>The number of frames of a clip; see <see cref="FrameAlignment"/> for the rule. An empty clip has none.</summary>
    /// <param name="samples">The length of the clip, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public int FrameCount(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        return (int)_engine.Tables.Layout.FrameCount(samples);
    }

    /// <summary>Computes all frames of a clip. Allocates nothing.</summary>
    /// <param name="samples">The clip at the settings' sample rate, in −1…1.</param>
    /// <param name="frames">Receives [FrameCount, Bins], row-major; exactly that long.</param>
    /// <exception cref="ArgumentException">The frames do not fit exactly.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> frames)
    {
        int count = FrameCount(samples.Length);
        if (frames.Length != count * Bins)
            throw new ArgumentException($"{count} frames of {Bins} values need {count * Bins} places, not {frames.Length}.", nameof(frames));
        _engine.Reset();
        _engine.Compute(new SignalView(samples, 0, samples.Length), 0, count, frames);
    }

    /// <summary>Computes all frames of a clip into a new array.</summary>
    /// <param name="samples">The clip at the settings' sample rate, in −1…1.</param>
    /// <returns>[FrameCount, Bins], row-major.</returns>
    public float[] Compute(ReadOnlySpan<float> samples)
    {
        float[] frames = new float[FrameCount(samples.Length) * Bins];
        Compute(samples, frames);
        return frames;
    }

    /// <summary>An extractor with the same tables and its own scratch memory, for another thread.</summary>
    public FeatureExtractor Clone() => new(CreateEngine());

    internal FrameEngine CreateEngine() => new(_engine.Tables, _engine.IsVectorized);
}
