namespace Mingling.MetricLearning;

/// <summary>How <see cref="TorchRuntime.Load"/> prepares libtorch.</summary>
public sealed record TorchRuntimeOptions
{
    /// <summary>
    /// The folder below which an adapted copy of TorchSharp's native library (2.4 MB) is kept. Used only on Linux with a
    /// libstdc++ older than GCC 13. Default: null, which means the user's local application data; where that cannot be used,
    /// a temporary folder, deleted at once.
    /// </summary>
    public string? CacheDirectory { get; init; }

    /// <summary>
    /// A further folder to look for libtorch in, for programs that are delivered without it; a libtorch beside the program takes precedence.
    /// Default: null, which means none.
    /// </summary>
    public string? LibTorchDirectory { get; init; }

    /// <summary>
    /// Whether glibc keeps large freed blocks for the next tensor (M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, M_TOP_PAD), for the
    /// whole process. Faster steps for a process that keeps the memory of its peak. Default: true. Ignored outside Linux.
    /// </summary>
    public bool KeepLargeBlocks { get; init; } = true;
}
