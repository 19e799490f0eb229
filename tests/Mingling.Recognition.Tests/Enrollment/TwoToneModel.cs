using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Enrollment;

/// <summary>The embedding is the peak of a window in the first 16 bands and in all above: what a test says with two tones.</summary>
internal sealed class TwoToneModel : IPosteriorModel
{
    /// <summary>What its file would say of it.</summary>
    public static readonly ModelCard Card = new()
    {
        Version = "0",
        Encoder = "tone",
        Features = FeatureSettings.LogMel40,
        WindowSeconds = 1,
        Classes = ["low", "high", "_unknown_"],
        EmbeddingSize = 2,
    };

    public IReadOnlyList<string> Classes => Card.Classes;

    public FeatureSettings Features => Card.Features;

    public int WindowSamples => 16_000;

    public int EmbeddingSize => Card.EmbeddingSize;

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
