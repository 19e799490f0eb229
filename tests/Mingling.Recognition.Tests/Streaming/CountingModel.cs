using Mingling.Audio;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Streaming;

/// <summary>A model, and how it was asked: the frames of each step, 0 for a whole window.</summary>
internal sealed class CountingModel(SpottingModel model) : IStreamingModel
{
    public List<int> Asked { get; } = [];

    public IReadOnlyList<string> Classes => model.Classes;

    public FeatureSettings Features => model.Features;

    public int WindowSamples => model.WindowSamples;

    public int EmbeddingSize => model.EmbeddingSize;

    public int StepFrames => model.StepFrames;

    public int StateSize => model.StateSize;

    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        Asked.Add(0);
        model.Run(features, posteriors, embedding);
    }

    public void Step(ReadOnlySpan<float> features, Span<float> state, Span<float> posteriors, Span<float> embedding)
    {
        Asked.Add(features.Length / Features.Bins);
        model.Step(features, state, posteriors, embedding);
    }
}
