using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Models;

namespace Mingling.Training.Export;

/// <summary>
/// Compares a graph that listens to a stream step by step with the model in training, which is given the whole stream at once: after every
/// step, whatever the number of frames that are given together, embedding and posteriors must be the same.
/// </summary>
internal static class StreamCheck
{
    private const int Streams = 4, MostSteps = 13;

    /// <summary>The largest difference: of posteriors as it is, of embeddings as a share of their largest value or of 1.</summary>
    /// <param name="model">The model in training.</param>
    /// <param name="encoder">Its encoder.</param>
    /// <param name="recognizer">The exported one.</param>
    /// <param name="clips">Sound, of which streams are made; at least one clip.</param>
    public static double LargestDifference(CommandModel model, StreamingEncoder encoder, Recognizer recognizer, IReadOnlyList<float[]> clips)
    {
        double largest = 0;
        for (int stream = 0; stream < Math.Min(Streams, clips.Count); stream++)
        {
            float[] samples = [.. clips.Where((_, i) => i % Streams == stream).SelectMany(clip => clip)];
            largest = Math.Max(largest, OfStream(model, encoder, recognizer, samples, new SeededRandom(SeededRandom.Derive(2, (ulong)stream))));
        }
        return largest;
    }

    private static double OfStream(CommandModel model, StreamingEncoder encoder, Recognizer recognizer, float[] samples, SeededRandom random)
    {
        int bins = model.Window.Bins, step = encoder.StepFrames;
        bool takesSamples = recognizer.Card.Input == ModelInput.Samples;
        float[] frames = takesSamples ? FramesOfSteps(model.Window.Features, samples) : new FeatureExtractor(model.Window.Features).Compute(samples);
        int stepSamples = step * model.Window.Features.HopSamples;
        int steps = takesSamples ? samples.Length / stepSamples : frames.Length / bins / step;
        if (steps == 0) return 0;
        float[] features = new float[bins * steps * step];
        ClipFeaturizer.Transpose(frames.AsSpan(0, features.Length), bins, features);
        var expected = model.RunSteps(features, steps * step);

        using var session = recognizer.OpenStepSession();
        float[] state = new float[session.StateSize];
        var outputs = new List<(int Step, RecognizedClip Output)>();
        for (int at = 0, count; at < steps; at += count)
        {
            count = Math.Min(1 + (random.Next(2) == 0 ? 0 : random.Next(MostSteps)), steps - at);
            session.Run(takesSamples ? samples.AsSpan(at * stepSamples, count * stepSamples) : Slice(features, bins, at * step, count * step), state);
            outputs.Add((at + count - 1, new RecognizedClip(null, "", 0, false, session.Posteriors.ToArray(), session.Embedding.ToArray())));
        }
        return new ExportCheck([], [.. outputs.Select(output => expected[output.Step])]).LargestDifference([.. outputs.Select(output => output.Output)]);
    }

    /// <summary>The frames of a stream with silence before it, as a graph that takes samples sees them.</summary>
    private static float[] FramesOfSteps(FeatureSettings settings, float[] samples) =>
        new FeatureExtractor(settings with { Alignment = FrameAlignment.SnipWindow }).Compute([.. new float[FrontEndGraph.PastSamples(settings)], .. samples]);

    private static float[] Slice(float[] features, int bins, int from, int count)
    {
        int frames = features.Length / bins;
        float[] slice = new float[bins * count];
        for (int bin = 0; bin < bins; bin++) features.AsSpan(bin * frames + from, count).CopyTo(slice.AsSpan(bin * count));
        return slice;
    }
}
