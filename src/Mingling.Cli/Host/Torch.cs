using Mingling.MetricLearning;
using static TorchSharp.torch;

namespace Mingling.Cli.Host;

/// <summary>Makes libtorch ready for a command that computes with it.</summary>
internal static class Torch
{
    /// <summary>Loads libtorch and sets its threads.</summary>
    /// <param name="threads">
    /// Threads of one operation. One is the default everywhere: small nets gain little from a second, and lose almost everything
    /// when another process wants the same core.
    /// </param>
    /// <exception cref="TorchRuntimeException">libtorch is missing or cannot work here.</exception>
    public static void Start(int threads = 1)
    {
        if (!LibTorchPackage.IsThere)
            throw new TorchRuntimeException(new Remark("setup.missing", "training needs libtorch, which is not here yet; 'mingling setup' fetches it once."));
        TorchRuntime.Load(new TorchRuntimeOptions { LibTorchDirectory = LibTorchPackage.NativeFolder });
        set_num_threads(threads);
    }
}
