using Mingling.MetricLearning;
using TorchSharp;

namespace Mingling.Benchmarks.Losses;

/// <summary>
/// Forward and backward of each loss on a random batch of P classes × K samples:
/// <c>losses [--batch 1024] [--per-class 8] [--dim 128] [--threads N] [--only NAME]</c>.
/// </summary>
internal static class LossesBenchmark
{
    private const int Repetitions = 21, WarmingSteps = 40;

    public static void Run(string[] arguments)
    {
        var options = LossesOptions.Parse(arguments);
        TorchRuntime.Load();
        if (options.Threads is { } threads) torch.set_num_threads(threads);
        using var batch = new LossesBatch(options);
        var products = Measure.Median(batch.Products, Repetitions);
        JsonLines.Write(new Result("gemm", options.Batch, options.PerClass, options.Dim, products.Seconds * 1e3, products.CpuSeconds * 1e3, 1, null));
        foreach (var row in LossesRows.All.Where(row => options.Only is null || row.Name == options.Only))
        {
            using var loss = row.Make(options);
            void Step() => batch.Step(loss);
            // Past what the runtime does with methods that are called for the first times.
            for (int i = 0; i < WarmingSteps; i++) Step();
            var cost = Measure.Median(Step, Repetitions);
            long? peak = Enumerable.Range(0, 3).Max(_ => PeakMemory.Measure(Step));
            JsonLines.Write(new Result(row.Name, options.Batch, options.PerClass, options.Dim, cost.Seconds * 1e3, cost.CpuSeconds * 1e3, cost.CpuSeconds / products.CpuSeconds, peak));
        }
    }

    // Milliseconds: the median of forward, backward and the loss's own update; CpuMilliseconds of the processor, and as a multiple of three
    // matrix products, B x B and twice the gradient from it, which no loss of pairs that looks at all similarities can do without. PeakBytes: how far the process's resident memory rose above
    // that before the step; null where it cannot be read.
    private sealed record Result(string Name, int Batch, int PerClass, int Dim, double Milliseconds, double CpuMilliseconds, double OfProducts, long? PeakBytes);
}
