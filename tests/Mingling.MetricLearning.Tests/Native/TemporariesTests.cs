using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Native;

/// <summary>
/// TorchSharp hands the handles of temporaries to native code without holding their owners; what holds them is that it runs unoptimised.
/// </summary>
public sealed class TemporariesTests
{
    // More threads than cores, so that a finaliser may run between the reading of a handle and its use.
    private const int Workers = 4;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    [Fact]
    public void TorchSharp_is_not_optimized() =>
        typeof(TorchSharp.torch).Assembly.GetCustomAttribute<DebuggableAttribute>()!.IsJITOptimizerDisabled.ShouldBeTrue(
            "the build must give every program the copy of TorchSharp.dll that keeps temporaries alive; see docs/decisions/torchsharp-scalars.md");

    [Fact]
    public void Temporaries_live_while_native_code_reads_them()
    {
        var failures = new ConcurrentQueue<Exception>();
        using var done = new CancellationTokenSource(Time);
        var threads = Enumerable.Range(0, Workers).Select(_ => new Thread(() => Compute(done, failures))).Append(new Thread(() => Collect(done.Token))).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        failures.ShouldBeEmpty();
    }

    private static void Compute(CancellationTokenSource done, ConcurrentQueue<Exception> failures)
    {
        using var one = ones(4);
        while (!done.IsCancellationRequested)
        {
            using var scope = NewDisposeScope();
            try
            {
                ((one + one) * 0.5).square().masked_fill(one.gt(2), 0).sum().item<float>().ShouldBe(4);
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
                done.Cancel();
            }
        }
    }

    private static void Collect(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            GC.Collect(0);
            Thread.SpinWait(2000);
        }
    }
}
