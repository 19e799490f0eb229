using TorchSharp;

namespace Mingling.Tests.Shared;

/// <summary>
/// How many tensors live in the process. The collector takes what earlier tests left to it whenever it likes, so that the count may fall
/// during a test; that it grows is the fault that is looked for.
/// </summary>
internal static class LiveTensors
{
    public static long Count => torch.Tensor.TotalCount;

    public static void CollectWhatOthersLeft()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    /// <summary>Runs <paramref name="action"/> once, since a first call may make what stays, and then five times, which must leave nothing.</summary>
    public static void ShouldNotGrowWith(Action action)
    {
        action();
        CollectWhatOthersLeft();
        long before = Count;
        for (int i = 0; i < 5; i++) action();
        Count.ShouldBeLessThanOrEqualTo(before);
    }

    /// <summary>Counts after each step or epoch; what the first two make may stay.</summary>
    public static void ShouldNotGrow(IReadOnlyList<long> counts) =>
        counts.Skip(2).ShouldAllBe(count => count <= counts[1], $"live tensors after each epoch: {string.Join(", ", counts)}");
}
