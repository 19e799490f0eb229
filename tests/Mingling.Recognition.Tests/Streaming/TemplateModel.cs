using Mingling.Audio;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Tests.Streaming;

/// <summary>
/// A model that compares the window with one recording of each word at several places in it: softmax of fifteen times the largest
/// cosine of the features, from which each bin's mean was subtracted. The embedding holds the cosines.
/// </summary>
internal sealed class TemplateModel : IPosteriorModel
{
    private const double Sharpness = 15, Unknown = 0.4;
    private readonly float[][][] _templates;

    public TemplateModel(params (string Word, float[] Clip)[] words)
    {
        Classes = [.. words.Select(word => word.Word), "_unknown_"];
        _templates = [.. words.Select(word => Placed(Features, word.Clip).ToArray())];
    }

    public IReadOnlyList<string> Classes { get; }

    public FeatureSettings Features => FeatureSettings.LogMel40;

    public int WindowSamples => 16_000;

    public int EmbeddingSize => _templates.Length;

    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        float[] window = features.ToArray();
        Normalize(window);
        double sum = Math.Exp(Sharpness * Unknown);
        for (int c = 0; c < _templates.Length; c++)
        {
            embedding[c] = _templates[c].Max(template => Product(template, window));
            sum += Math.Exp(Sharpness * embedding[c]);
        }

        for (int c = 0; c < _templates.Length; c++) posteriors[c] = (float)(Math.Exp(Sharpness * embedding[c]) / sum);
        posteriors[^1] = (float)(Math.Exp(Sharpness * Unknown) / sum);
    }

    private static float Product(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static IEnumerable<float[]> Placed(FeatureSettings settings, float[] clip)
    {
        for (int start = 0; start + clip.Length <= 16_000; start += 640)
        {
            float[] samples = Sound.Noise(1, 0.001, seed: 9);
            for (int i = 0; i < clip.Length; i++) samples[start + i] += clip[i];
            float[] frames = new FeatureExtractor(settings).Compute(samples);
            int bins = settings.Bins, count = frames.Length / bins;
            float[] features = [.. Enumerable.Range(0, bins).SelectMany(bin => Enumerable.Range(0, count).Select(frame => frames[(frame * bins) + bin]))];
            Normalize(features);
            yield return features;
        }
    }

    private static void Normalize(float[] features)
    {
        int bins = 40, frames = features.Length / bins;
        for (int bin = 0; bin < bins; bin++)
        {
            var row = features.AsSpan(bin * frames, frames);
            float mean = 0;
            foreach (float value in row) mean += value / frames;
            foreach (ref float value in row) value -= mean;
        }

        float length = (float)Math.Sqrt(features.Sum(value => (double)value * value)) + 1e-9f;
        foreach (ref float value in features.AsSpan()) value /= length;
    }
}
