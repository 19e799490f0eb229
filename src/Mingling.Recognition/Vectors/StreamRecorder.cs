using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Vectors;

/// <summary>Writes the features and the scores of a stream as they come, so that hours need no memory.</summary>
internal sealed class StreamRecorder(string features, string posteriors) : IStreamObserver, IDisposable
{
    private readonly FloatFile _features = new(features), _posteriors = new(posteriors);
    private readonly List<double> _times = [];

    public long Frames { get; private set; }

    public IReadOnlyList<double> Times => _times;

    public void OnFrame(ReadOnlySpan<float> frame)
    {
        _features.Write(frame);
        Frames++;
    }

    public void OnStep(PosteriorStep step, ReadOnlySpan<float> posteriors)
    {
        _posteriors.Write(posteriors);
        _times.Add(step.Time);
    }

    public void Dispose()
    {
        _features.Dispose();
        _posteriors.Dispose();
    }
}
