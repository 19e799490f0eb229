using Mingling.Audio;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Enrollment;

/// <summary>The embedding is the peak of a window in the first 16 bands and in all above: what a test says with two tones.</summary>
internal sealed class TwoToneModel : IPosteriorModel
{
    public IReadOnlyList<string> Classes { get; } = ["low", "high", "_unknown_"];

    public FeatureSettings Features => FeatureSettings.LogMel40;

    public int WindowSamples => 16_000;

    public int EmbeddingSize => 2;

    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        posteriors.Clear();
        embedding.Clear();
        for (int i = 0; i < features.Length; i++)
        {
            ref float value = ref embedding[i / (features.Length / 40) < 16 ? 0 : 1];
            value = Math.Max(value, MathF.Exp(features[i] / 2));
        }
    }
}
