using Mingling.MetricLearning;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes;
using TorchSharp;

namespace Mingling.Benchmarks;

/// <summary>
/// How fast trainings run against the bare encoder: forward, backward and optimiser step on random features. Rows take turns (--rounds, 3)
/// and give the median, because other programs disturb. --encoder NAME (tc-resnet8), --batch N (64), --threads N (2) of the training.
/// The last row trains 1,000 steps and shows the memory after 100 and after all of them.
/// </summary>
internal static class TrainingBenchmark
{
    private const int StepsOfLongRun = 1000;

    private static readonly string[] Losses =
    [
        "softmax", "softmax + 0.01 center", "softmax + contrastive", "softmax + triplet(mining: all)", "softmax + triplet(mining: batch-hard)",
        "softmax + triplet(mining: semi-hard)", "softmax + supcon", "softmax + multi-similarity", "softmax + 0.1 proxy-anchor",
    ];

    private sealed record Row(string Name, string Encoder, int Batch, int Threads, double ClipsPerSecond, double MillisecondsPerStep,
        double ShareOfBare, double StepOfSoftmax);

    private sealed record MemoryRow(string Name, string Encoder, int Steps, long BytesAfter100, long BytesAfterAll, long TensorsAfter100, long TensorsAfterAll);

    public static void Run(string[] args)
    {
        string encoder = Options.Text(args, "--encoder", "tc-resnet8");
        int batch = Options.Number(args, "--batch", 64), threads = Options.Number(args, "--threads", 2), rounds = Options.Number(args, "--rounds", 3);
        TorchRuntime.Load();
        torch.set_num_threads(1);
        var recipe = TrainingRecipe.For(encoder) with { BatchSize = batch, Epochs = 10 };
        var speeds = new Dictionary<string, List<double>>();
        for (int round = 0; round < rounds; round++)
        {
            Note("bare", BareStep.ClipsPerSecond(recipe, seconds: 3));
            // All with batches of P words with K clips, so that rows differ in the loss alone.
            foreach (string loss in Losses)
                Note(loss, TrainingRun.ClipsPerSecond(recipe with { Loss = LossExpression.Parse(loss), Batches = recipe.Batches with { Kind = BatchKind.Classes } }, threads));
        }
        double bare = Median("bare"), softmax = Median("softmax");
        foreach (string name in speeds.Keys)
            JsonLines.Write(new Row(name, encoder, batch, threads, Math.Round(Median(name)), Math.Round(1000 * batch / Median(name), 3),
                Math.Round(Median(name) / bare, 3), Math.Round(softmax / Median(name), 3)));

        var memory = TrainingRun.Memory(recipe with { Loss = LossExpression.Parse(Losses[4]) }, StepsOfLongRun);
        JsonLines.Write(new MemoryRow(Losses[4], encoder, StepsOfLongRun, memory[0].Bytes, memory[^1].Bytes, memory[0].Tensors, memory[^1].Tensors));

        void Note(string name, double speed)
        {
            if (!speeds.TryGetValue(name, out var list)) speeds[name] = list = [];
            list.Add(speed);
        }

        double Median(string name) => speeds[name].Order().ElementAt(speeds[name].Count / 2);
    }
}
