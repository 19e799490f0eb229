namespace Mingling.Recognition.Streaming;

/// <summary>Sees what a stream computes on the way to its decisions; what it is given is valid during the call only.</summary>
public interface IStreamObserver
{
    /// <summary>The next frame of features, those of the room before the stream and after it among them.</summary>
    /// <param name="frame">One value for each bin.</param>
    void OnFrame(ReadOnlySpan<float> frame);

    /// <summary>A window, as the decision stage is given it.</summary>
    /// <param name="step">Which window it is.</param>
    /// <param name="posteriors">The score of each class.</param>
    void OnStep(PosteriorStep step, ReadOnlySpan<float> posteriors);
}
