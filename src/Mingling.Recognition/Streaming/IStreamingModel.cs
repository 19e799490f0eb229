namespace Mingling.Recognition.Streaming;

/// <summary>
/// A model that can listen to a stream step by step and compute each frame once. What a step gives is what the model gives for the whole
/// stream up to there. The memory of a stream is with the caller, so that one model serves any number of streams of one thread.
/// </summary>
public interface IStreamingModel : IPosteriorModel
{
    /// <summary>The frames of a step; 0 where the model hears whole windows only, and <see cref="Step"/> is not to be called.</summary>
    int StepFrames { get; }

    /// <summary>The number of values that a stream carries from step to step.</summary>
    int StateSize { get; }

    /// <summary>Hears the next frames of a stream and judges its last window. Should not allocate.</summary>
    /// <param name="features">The features, [bins, frames] row by row, with a multiple of <see cref="StepFrames"/> frames.</param>
    /// <param name="state">What the step before left, zeros at the beginning of a stream; receives what this step leaves.</param>
    /// <param name="posteriors">Receives one probability for each class.</param>
    /// <param name="embedding">Receives the embedding.</param>
    void Step(ReadOnlySpan<float> features, Span<float> state, Span<float> posteriors, Span<float> embedding);
}
