using Mingling.Audio;
using Mingling.MetricLearning;
using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Recognition;

/// <summary>
/// How long it takes to recognise a clip of one second, from samples to the word: features, model and decision, with 20 words and
/// --threads threads (1); --processor measures processor time in place of the clock. Weights are random; they do not matter for the time.
/// </summary>
internal static class RecognitionBenchmark
{
    public static void Run(string[] args)
    {
        int at = Array.IndexOf(args, "--threads");
        var options = new RecognizerOptions { IntraOpThreads = at < 0 ? 1 : int.Parse(args[at + 1]) };
        RecognitionRow.ByProcessor = args.Contains("--processor");
        TorchRuntime.Load();
        set_num_threads(1);
        string folder = Directory.CreateTempSubdirectory("mingling-benchmark-").FullName;
        try
        {
            foreach (string encoder in new[] { "tc-resnet8", "tc-resnet14", "resnet2d" })
            {
                using var model = Model(encoder);
                string plain = Path.Combine(folder, "model.onnx");
                Clip($"clip of 1 s, {encoder}", model, new ExportOptions(), plain, options);
                Alone($"clip of 1 s, {encoder}, model alone", plain, options);
                StreamBenchmark.Run(encoder, plain, options);
                var int8 = new ExportOptions { Int8 = true, Calibration = [new(new("", "", ""), Sound(3))] };
                Clip($"clip of 1 s, {encoder}, int8", model, int8, Path.Combine(folder, "int8.onnx"), options);
            }
            using var small = Model("tc-resnet8");
            Clip("clip of 1 s, tc-resnet8, front end in the graph", small, new ExportOptions { Input = ModelInput.Samples }, Path.Combine(folder, "front.onnx"), options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Clip(string name, CommandModel model, ExportOptions export, string path, RecognizerOptions options)
    {
        ModelExporter.Export(model, path, export);
        using var recognizer = Recognizer.Load(path, options);
        float[] clip = Sound(7);
        var cost = Measure.Median(() => recognizer.Recognize(clip), repetitions: 501);
        JsonLines.Write(RecognitionRow.Of(name, cost, (double)clip.Length / recognizer.SampleRate, recognizer.Window.Frames));
    }

    private static void Alone(string name, string path, RecognizerOptions options)
    {
        using var recognizer = Recognizer.Load(path, options);
        using var session = recognizer.OpenSession();
        new ClipFeaturizer(recognizer.Window).Compute(Sound(7)).CopyTo(session.Input);
        var cost = Measure.Median(session.Run, repetitions: 501);
        JsonLines.Write(RecognitionRow.Of(name, cost, recognizer.Card.WindowSeconds, recognizer.Window.Frames));
    }

    internal static CommandModel Model(string encoder)
    {
        random.manual_seed(1);
        var model = new CommandModel(TrainingRecipe.For(encoder), [.. Enumerable.Range(1, 20).Select(i => $"word {i}")]);
        model.Evaluating();
        return model;
    }

    /// <summary>A tone in noise.</summary>
    internal static float[] Sound(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, FeatureSettings.LogMel40.SampleRate).Select(n => (float)(0.2 * Math.Sin(0.1 * seed * n) + 0.05 * (random.NextDouble() - 0.5)))];
    }
}
