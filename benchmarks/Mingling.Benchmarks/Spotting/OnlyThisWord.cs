using Mingling.Audio;
using Mingling.Recognition.Streaming;

namespace Mingling.Benchmarks.Spotting;

/// <summary>A model of which one command counts, so that it can be judged alone.</summary>
internal sealed class OnlyThisWord(IPosteriorModel model, string word) : IPosteriorModel
{
    private readonly int _index = model.Classes.ToList().IndexOf(word);
    private readonly float[] _posteriors = new float[model.Classes.Count];

    public IReadOnlyList<string> Classes { get; } = [word, "_unknown_"];

    public FeatureSettings Features => model.Features;

    public int WindowSamples => model.WindowSamples;

    public int EmbeddingSize => model.EmbeddingSize;

    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        model.Run(features, _posteriors, embedding);
        posteriors[0] = _posteriors[_index];
        posteriors[1] = 1 - posteriors[0];
    }
}
