using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>Reads index tensors back.</summary>
internal static class Indexes
{
    /// <summary>The elements of an int64 tensor in row order; empty for an empty tensor, which TorchSharp's own accessor refuses.</summary>
    public static long[] ToArray(Tensor index)
    {
        if (index.numel() == 0) return [];
        using var local = index.cpu();
        using var contiguous = local.contiguous();
        return MemoryMarshal.Cast<byte, long>(contiguous.bytes).ToArray();
    }
}
