using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Mingling.MetricLearning;
using Mingling.Recognition;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Recognition;

/// <summary>
/// Streams that do not end. `streams` [--count 200] [--minutes 10]: so many at once, each cut into pieces of its own, give to the last bit
/// what one alone gives. `soak` [--hours 24]: one stream as fast as it can be heard, and the memory after its first hour and at its end.
/// Both take --encoder NAME (tc-resnet8); weights are random, the gate is off, so that the model is asked every 80 ms.
/// </summary>
internal static class EnduranceBenchmark
{
    private const int Rate = 16_000, Sounds = 8, LongestPiece = 4000;

    private sealed record StreamsRow(string Name, string Encoder, int Streams, double Minutes, int Different, long Events, double Seconds, double RealTimeFactor);

    private sealed record SoakRow(string Name, string Encoder, double Hours, long BytesAfterOneHour, long BytesAfterAll, long AllocatedBytes, double Seconds, double RealTimeFactor);

    public static void Streams(string[] args)
    {
        int count = (int)Number(args, "--count", 200);
        double minutes = Number(args, "--minutes", 10);
        using var recognizer = Model(Encoder(args));
        float[][] sounds = [.. Enumerable.Range(0, Sounds).Select(seed => Sound(seed, (int)(60 * minutes * Rate)))];
        var alone = sounds.Select(sound => Hear(recognizer, sound, _ => 1600)).ToArray();
        var clock = Stopwatch.StartNew();
        int different = 0;
        long events = 0;
        // Every stream has its turn after every piece, so that all of them are open from the beginning to the end.
        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var own = Enumerable.Range(0, count).Where(i => i % Environment.ProcessorCount == worker)
                .Select(i => (Sound: i % Sounds, Random: new Random(i), Ear: new Ear(recognizer))).ToList();
            var left = own.ToList();
            while (left.Count > 0) left.RemoveAll(stream => !stream.Ear.Next(sounds[stream.Sound], stream.Random.Next(1, LongestPiece)));
            foreach (var (sound, _, ear) in own)
            {
                using (ear)
                {
                    if (!ear.Result.SequenceEqual(alone[sound].Result)) Interlocked.Increment(ref different);
                    Interlocked.Add(ref events, ear.Events);
                }
            }
        });
        foreach (var ear in alone) ear.Dispose();
        JsonLines.Write(new StreamsRow("streams", Encoder(args), count, minutes, different, events, clock.Elapsed.TotalSeconds, clock.Elapsed.TotalSeconds / (60 * minutes * count)));
    }

    public static void Soak(string[] args)
    {
        double hours = Number(args, "--hours", 24);
        using var recognizer = Model(Encoder(args));
        using var model = recognizer.OpenSpottingModel();
        var spotter = new CommandSpotter(model, Rate, new SpotterSettings { Gate = null });
        float[] minute = Sound(1, 60 * Rate);
        var clock = Stopwatch.StartNew();
        long afterOne = 0, allocated = 0;
        for (int heard = 0; heard < 60 * hours; heard++)
        {
            if (heard == Math.Min(60, (int)(30 * hours))) (afterOne, allocated) = (Resident(), GC.GetAllocatedBytesForCurrentThread());
            for (int at = 0; at < minute.Length; at += 1600) spotter.Push(minute.AsSpan(at, 1600));
            while (spotter.TryRead(out _)) { }
        }
        JsonLines.Write(new SoakRow("soak", Encoder(args), hours, afterOne, Resident(), GC.GetAllocatedBytesForCurrentThread() - allocated, clock.Elapsed.TotalSeconds, clock.Elapsed.TotalSeconds / (3600 * hours)));
    }

    private static Ear Hear(Recognizer recognizer, float[] sound, Func<int, int> piece)
    {
        var ear = new Ear(recognizer);
        for (int i = 0; ear.Next(sound, piece(i)); i++) { }
        return ear;
    }

    /// <summary>One stream: all its posteriors, as one hash, and its events.</summary>
    private sealed class Ear : IDisposable
    {
        private readonly SpottingModel _model;
        private readonly PosteriorStream _stream;
        private readonly DecisionStage _decisions;
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private int _at;

        public Ear(Recognizer recognizer)
        {
            _model = recognizer.OpenSpottingModel();
            var settings = new SpotterSettings { Gate = null, Decision = new DecisionSettings { Threshold = 0.052 } };
            _stream = new PosteriorStream(_model, Rate, settings, Take);
            _decisions = new DecisionStage(_model.Classes, settings.Decision, _stream.HopMs, _stream.WindowMs);
        }

        public byte[] Result { get; private set; } = [];

        public long Events { get; private set; }

        /// <summary>Hears the next samples; false where there are none left.</summary>
        public bool Next(float[] sound, int samples)
        {
            samples = Math.Min(samples, sound.Length - _at);
            _stream.Push(sound.AsSpan(_at, samples));
            _at += samples;
            if (_at < sound.Length) return true;
            _stream.Complete();
            Result = _hash.GetHashAndReset();
            return false;
        }

        public void Dispose()
        {
            _model.Dispose();
            _hash.Dispose();
        }

        private void Take(PosteriorStep step, ReadOnlySpan<float> posteriors, ReadOnlySpan<float> embedding)
        {
            _hash.AppendData(MemoryMarshal.AsBytes(posteriors));
            if (!_decisions.TryDecide(posteriors, out var decision)) return;
            _hash.AppendData(BitConverter.GetBytes(decision.Class));
            Events++;
        }
    }

    private static Recognizer Model(string encoder)
    {
        TorchRuntime.Load();
        set_num_threads(1);
        random.manual_seed(1);
        using var model = new CommandModel(TrainingRecipe.For(encoder), [.. Enumerable.Range(1, 20).Select(i => $"word {i}")]);
        model.Evaluating();
        return ModelExporter.ToRecognizer(model, encoder);
    }

    /// <summary>Tones that come and go in noise.</summary>
    private static float[] Sound(int seed, int samples)
    {
        var random = new Random(seed);
        float[] sound = new float[samples];
        double frequency = 0;
        for (int n = 0; n < samples; n++)
        {
            if (n % 8000 == 0) frequency = random.Next(3) == 0 ? 0 : 0.02 + (0.6 * random.NextDouble());
            sound[n] = (float)((0.2 * Math.Sin(frequency * n)) + (0.02 * (random.NextDouble() - 0.5)));
        }
        return sound;
    }

    private static long Resident()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static string Encoder(string[] args) => Array.IndexOf(args, "--encoder") is >= 0 and var at ? args[at + 1] : "tc-resnet8";

    private static double Number(string[] args, string name, double otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? double.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
