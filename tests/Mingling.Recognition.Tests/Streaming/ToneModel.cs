using Mingling.Audio;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Streaming;

/// <summary>
/// A model whose words are tones: the posterior of a word is the share of loud frames whose loudest bin is the tone's, out of 30.
/// Keeps nothing between calls, so any number of threads may share it.
/// </summary>
internal sealed class ToneModel(FeatureSettings? features = null, bool judgesSilence = false) : IPosteriorModel
{
    public const double LowHz = 500, HighHz = 2000;
    private const float Loud = -3;
    private readonly int _low = BinOf(LowHz, features ?? FeatureSettings.LogMel40);
    private readonly int _high = BinOf(HighHz, features ?? FeatureSettings.LogMel40);

    public IReadOnlyList<string> Classes { get; } = ["low", "high", "_unknown_"];

    public FeatureSettings Features { get; } = features ?? FeatureSettings.LogMel40;

    public int WindowSamples => Features.SampleRate;

    public int EmbeddingSize => 2;

    public void Run(ReadOnlySpan<float> input, Span<float> posteriors, Span<float> embedding)
    {
        int bins = Features.Bins, frames = input.Length / bins, low = 0, high = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            int loudest = 0;
            for (int bin = 1; bin < bins; bin++)
            {
                if (input[(bin * frames) + frame] > input[(loudest * frames) + frame]) loudest = bin;
            }

            if (input[(loudest * frames) + frame] < Loud) continue;
            if (loudest == _low) low++;
            if (loudest == _high) high++;
        }

        posteriors[0] = judgesSilence && low + high == 0 ? 1 : Math.Min(1, low / 30f) * 0.99f;
        posteriors[1] = Math.Min(1, high / 30f) * (1 - posteriors[0]);
        posteriors[2] = 1 - posteriors[0] - posteriors[1];
        posteriors[..2].CopyTo(embedding);
    }

    private static int BinOf(double hz, FeatureSettings features)
    {
        float[] frames = new FeatureExtractor(features).Compute(Sound.Tone(hz, 0.5, features.SampleRate));
        var middle = frames.AsSpan(frames.Length / features.Bins / 2 * features.Bins, features.Bins);
        return middle.IndexOf(middle.ToArray().Max());
    }
}
