using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Mingling.Benchmarks.Microbenchmarks;

/// <summary>
/// The rows of recognition by BenchmarkDotNet, with its statistics and its count of allocated bytes: <c>-- benchmarkdotnet</c>, and after it
/// BenchmarkDotNet's own options, such as <c>--filter *Stream*</c> or
/// <c>--iterationCount 5</c>.
/// </summary>
internal static class MicrobenchmarkMode
{
    public static void Run(string[] args)
    {
        string[] filtered = args.Contains("--filter") || args.Contains("-f") || args.Contains("--list") ? args : [.. args, "--filter", "*"];
        var config = ManualConfig.Create(DefaultConfig.Instance)
            // In this process: a program that BenchmarkDotNet builds for itself would lack the libraries that this one is linked to.
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            // TorchSharp is unoptimised on purpose; it makes the models, and no benchmark here times it.
            .WithOptions(ConfigOptions.DisableOptimizationsValidator)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumn(StatisticColumn.Median)
            .WithArtifactsPath(Path.Combine("artifacts", "benchmarkdotnet"));
        BenchmarkSwitcher.FromTypes([typeof(ClipBenchmarks), typeof(StreamBenchmarks)]).Run(filtered, config);
    }
}
