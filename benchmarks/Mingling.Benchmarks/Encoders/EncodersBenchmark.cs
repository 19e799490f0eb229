using System.Diagnostics;
using Mingling.MetricLearning;
using Mingling.Training.Encoders;
using Mingling.Training.Encoders.Depthwise;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using static TorchSharp.torch;

namespace Mingling.Benchmarks.Encoders;

/// <summary>
/// How fast each encoder trains (forward, backward and AdamW on random features) and recognises with TorchSharp, in clips of one second. Encoders take turns
/// (--rounds, 3). --only NAME,NAME…, --batch N (64), --threads N (1). Those with depthwise convolutions are measured with libtorch's own too.
/// </summary>
internal static class EncodersBenchmark
{
    private sealed record Row(string Encoder, long Parameters, int Batch, int Threads, double TrainedPerSecond, double RecognizedPerSecond, double? TrainedWithLibTorch, double? TrainingSpeedUp);

    public static void Run(string[] args)
    {
        int batch = Options.Number(args, "--batch", 64), threads = Options.Number(args, "--threads", 1), rounds = Options.Number(args, "--rounds", 3);
        double seconds = Options.Number(args, "--seconds", 2);
        TorchRuntime.Load();
        set_num_threads(threads);
        string only = Options.Text(args, "--only", "");
        foreach (string name in only.Length > 0 ? only.Split(',') : [.. new EncoderCatalog().Names])
        {
            random.manual_seed(1);
            using var model = new CommandModel(TrainingRecipe.For(name), [.. Enumerable.Range(0, 20).Select(i => $"word {i}")]);
            bool own = model.Encoder.modules().OfType<DepthwiseConvolution>().Any();
            List<double> trained = [], plain = [], recognized = [];
            for (int round = 0; round < rounds; round++)
            {
                trained.Add(Trained(model, batch, seconds));
                recognized.Add(Recognized(model, batch, seconds));
                if (!own) continue;
                UseLibTorch(model.Encoder, true);
                plain.Add(Trained(model, batch, seconds));
                UseLibTorch(model.Encoder, false);
            }
            double? withLibTorch = plain.Count > 0 ? Math.Round(Median(plain)) : null;
            JsonLines.Write(new Row(name, model.Encoder.ParameterCount, batch, threads, Math.Round(Median(trained)), Math.Round(Median(recognized)),
                withLibTorch, withLibTorch is { } slow ? Math.Round(Median(trained) / slow, 2) : null));
        }
    }

    private static void UseLibTorch(Encoder encoder, bool everywhere)
    {
        if (encoder is BcResNet broadcast) broadcast.UseLibTorch(everywhere);
        else foreach (var convolution in encoder.modules().OfType<DepthwiseConvolution>()) convolution.UsesLibTorch = everywhere;
    }

    private static double Trained(CommandModel model, int batch, double seconds)
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.AdamW(model.Encoder.parameters().Concat(model.Head.parameters()), 1e-3);
        model.Learning();
        var features = randn(batch, 1, model.Window.Bins, model.Window.Frames);
        var labels = randint(0, model.Classes.Count, batch);
        return Speed(batch, seconds, () =>
        {
            optimizer.zero_grad();
            nn.functional.cross_entropy(model.Head.call(model.Encoder.call(features)), labels).backward();
            optimizer.step();
        });
    }

    private static double Recognized(CommandModel model, int batch, double seconds)
    {
        using var scope = NewDisposeScope();
        using var quiet = inference_mode();
        model.Evaluating();
        var features = randn(batch, 1, model.Window.Bins, model.Window.Frames);
        return Speed(batch, seconds, () => model.Head.call(model.Encoder.call(features)));
    }

    private static double Speed(int batch, double seconds, Action step)
    {
        for (int warmUp = 0; warmUp < 3; warmUp++) Step();
        var clock = Stopwatch.StartNew();
        int steps = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; steps++) Step();
        return steps * batch / clock.Elapsed.TotalSeconds;

        void Step()
        {
            using var scope = NewDisposeScope();
            step();
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
