namespace Mingling.Recognition.Streaming;

/// <summary>
/// A model that processes a stream step by step and computes each frame once. The result of a step is that of the whole stream up to there.
/// The caller keeps the state of each stream, so that one model serves any number of streams of one thread.
/// </summary>
public interface IStreamingModel : IPosteriorModel
{
    /// <summary>The frames of a step; 0 where the model takes whole windows only and <see cref="Step"/> may not be called.</summary>
    int StepFrames { get; }

    /// <summary>The number of values that a stream carries from step to step.</summary>
    int StateSize { get; }

    /// <summary>Evaluates the next frames of a stream. Should not allocate.</summary>
    /// <param name="features">The features, [bins, frames] row by row, with a multiple of <see cref="StepFrames"/> frames.</param>
    /// <param name="state">The state from the step before, zeros at the beginning of a stream; receives the new state.</param>
    /// <param name="posteriors">Receives one probability for each class.</param>
    /// <param name="embedding">Receives the embedding.</param>
    void Step(ReadOnlySpan<float> features, Span<float> state, Span<float> posteriors, Span<float> embedding);
}
