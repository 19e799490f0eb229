using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Mingling.Training.Encoders.Kernels;

/// <summary>What functions with kernels of their own share.</summary>
internal static class Planes
{
    /// <summary>Whether a kernel of this library can do it: float32 on the CPU; libtorch has to otherwise.</summary>
    public static bool Takes(params ReadOnlySpan<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            if (tensor.device_type != TorchSharp.DeviceType.CPU || tensor.dtype != ScalarType.Float32) return false;
        return true;
    }

    /// <summary>The values of a contiguous tensor. Asking for them costs more than computing a small plane.</summary>
    public static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Shares work between as many threads as libtorch may use. Each index is done by one thread, so that their number changes no result.</summary>
    public static void Split(int count, Action<int, int> work)
    {
        int parts = Math.Min(count, get_num_threads());
        if (parts <= 1) work(0, count);
        else Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part => work(count * part / parts, count * (part + 1) / parts));
    }
}
