using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Streaming;

namespace Mingling.Benchmarks.Recognition;

/// <summary>
/// What it costs to listen to a stream of 16 kHz in pieces of 10 ms with a decision every 80 ms: as a share of real time, with the model
/// asked each time, with the gate shut in a steady noise, and without the model.
/// </summary>
internal static class StreamBenchmark
{
    private const int Seconds = 8, Piece = 160;

    /// <param name="encoder">The encoder's name.</param>
    /// <param name="path">A model file that takes features.</param>
    /// <param name="options">How to compute.</param>
    public static void Run(string encoder, string path, RecognizerOptions options)
    {
        using var recognizer = Recognizer.Load(path, options);
        using var model = recognizer.OpenSpottingModel();
        Row($"stream, {encoder}, every 80 ms", model, new SpotterSettings { Gate = null });
        Row($"stream, {encoder}, every 160 ms", model, new SpotterSettings { Gate = null, HopMs = 160 });
        if (model.StepFrames > 0) Step(encoder, model);
        if (encoder != "tc-resnet8") return;
        Row("stream, gate shut", model, new SpotterSettings());
        Row("stream, features and decision alone", new NoModel(model), new SpotterSettings { Gate = null });
    }

    private static void Row(string name, IPosteriorModel model, SpotterSettings settings)
    {
        var spotter = new CommandSpotter(model, model.Features.SampleRate, settings);
        float[] noise = Noise(model.Features.SampleRate * Seconds);
        // Until the gate has learned the noise.
        for (int i = 0; i < 5; i++) Listen();
        var cost = Measure.Median(Listen, repetitions: 31);
        JsonLines.Write(RecognitionRow.Of(name, cost, Seconds, noise.Length / model.Features.HopSamples));

        void Listen()
        {
            for (int at = 0; at < noise.Length; at += Piece) spotter.Push(noise.AsSpan(at, Piece));
            while (spotter.TryRead(out _)) { }
        }
    }

    /// <summary>The model alone: the frames of 80 ms in, posteriors and embedding out.</summary>
    private static void Step(string encoder, SpottingModel model)
    {
        float[] state = new float[model.StateSize], posteriors = new float[model.Classes.Count], embedding = new float[model.EmbeddingSize];
        float[] features = [.. Noise(model.Features.Bins * model.StepFrames).Select(x => 100 * x - 8)];
        var cost = Measure.Median(() => model.Step(features, state, posteriors, embedding), repetitions: 501);
        double seconds = (double)model.StepFrames * model.Features.HopSamples / model.Features.SampleRate;
        JsonLines.Write(RecognitionRow.Of($"stream, {encoder}, a step alone", cost, seconds, model.StepFrames));
    }

    internal static float[] Noise(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => 0.02f * (random.NextSingle() - 0.5f))];
    }

    /// <summary>The window of a model, and nothing heard in it.</summary>
    private sealed class NoModel(IPosteriorModel model) : IPosteriorModel
    {
        public IReadOnlyList<string> Classes => model.Classes;

        public FeatureSettings Features => model.Features;

        public int WindowSamples => model.WindowSamples;

        public int EmbeddingSize => model.EmbeddingSize;

        public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding) => posteriors.Clear();
    }
}
