using System.Diagnostics;
using Mingling.MetricLearning;
using Mingling.Training.Recipes;
using TorchSharp;

namespace Mingling.Benchmarks;

/// <summary>
/// Trainings on several numbers of threads, data included. The numbers take turns (--rounds, 3), and each gives its best round, because other programs disturb.
/// --threads LIST (1,2), --encoder LIST (tc-resnet8,resnet2d), --batch N (64).
/// </summary>
internal static class ThreadsBenchmark
{
    private sealed record Row(string Encoder, int Batch, int Threads, double ClipsPerSecond, double OverFirst, double CpuMillisecondsPerStep);

    public static void Run(string[] args)
    {
        int batch = Options.Number(args, "--batch", 64), rounds = Options.Number(args, "--rounds", 3);
        int[] threads = [.. Options.Text(args, "--threads", "1,2").Split(',').Select(int.Parse)];
        TorchRuntime.Load();
        torch.set_num_threads(1);
        foreach (string encoder in Options.Text(args, "--encoder", "tc-resnet8,resnet2d").Split(','))
        {
            var recipe = TrainingRecipe.For(encoder) with { BatchSize = batch, Epochs = 4 };
            double[] speeds = new double[threads.Length], processor = [.. threads.Select(_ => double.PositiveInfinity)];
            for (int round = 0; round < rounds; round++)
                for (int i = 0; i < threads.Length; i++)
                {
                    var before = Process.GetCurrentProcess().TotalProcessorTime;
                    speeds[i] = Math.Max(speeds[i], TrainingRun.ClipsPerSecond(recipe, threads[i]));
                    processor[i] = Math.Min(processor[i], (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / (recipe.Epochs * TrainingRun.StepsPerEpoch(recipe)));
                }
            for (int i = 0; i < threads.Length; i++)
                JsonLines.Write(new Row(encoder, batch, threads[i], Math.Round(speeds[i]), Math.Round(speeds[i] / speeds[0], 2), Math.Round(processor[i], 2)));
        }
    }
}
