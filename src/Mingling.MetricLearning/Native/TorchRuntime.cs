using TorchSharp;

namespace Mingling.MetricLearning;

/// <summary>
/// The one call that makes libtorch ready. Every program that uses tensors makes it before it touches <c>torch</c>:
/// it adapts TorchSharp to Linux distributions older than GCC 13 and sets the allocator so that large tensors reuse their memory.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Loads libtorch once; later calls do nothing.</summary>
    /// <param name="options">Where to keep an adapted library and whether to set the allocator; null means the defaults.</param>
    /// <exception cref="TorchRuntimeException">libtorch cannot work here; the message says why and what to do.</exception>
    public static void Load(TorchRuntimeOptions? options = null)
    {
        options ??= new TorchRuntimeOptions();
        lock (Gate)
        {
            if (_loaded) return;
            try
            {
                if (OperatingSystem.IsLinux())
                {
                    if (options.KeepLargeBlocks) Allocator.KeepLargeBlocks();
                    LinuxLibTorch.Load(options.CacheDirectory, options.LibTorchDirectory);
                }
                else if (options.LibTorchDirectory is { } directory)
                {
                    LibTorchFolder.Load(directory);
                }
                using var probe = torch.zeros(1);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
                or TypeInitializationException or NotSupportedException or IOException or UnauthorizedAccessException)
            {
                throw new TorchRuntimeException($"libtorch cannot be loaded on this machine: {FirstCause(e)}", e);
            }
            _loaded = true;
        }
    }

    private static string FirstCause(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message.ReplaceLineEndings(" ");
    }
}
