using Mingling.Audio;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// A model as streams need it: the features of one window in, the probability of each class and the embedding out.
/// A <see cref="CommandSpotter"/> calls its model from one thread at a time; a model that several spotters of different threads share must allow concurrent calls.
/// </summary>
public interface IPosteriorModel
{
    /// <summary>The class names, in the order of the posteriors. Names in underscores (<c>_silence_</c>, <c>_unknown_</c>) are no commands.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>The front end that the model was trained with.</summary>
    FeatureSettings Features { get; }

    /// <summary>The length of sound that the model takes at once, in samples at the front end's rate.</summary>
    int WindowSamples { get; }

    /// <summary>The size of the embedding, at least 1.</summary>
    int EmbeddingSize { get; }

    /// <summary>Evaluates one window. Should not allocate.</summary>
    /// <param name="features">The features, [bins, frames] row by row, with as many frames as a clip of <see cref="WindowSamples"/> has.</param>
    /// <param name="posteriors">Receives one probability for each class.</param>
    /// <param name="embedding">Receives the embedding.</param>
    void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding);
}
