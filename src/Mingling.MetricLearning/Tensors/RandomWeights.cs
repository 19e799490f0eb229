using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>First values of weights, from a seed and independent of the global generator.</summary>
internal static class RandomWeights
{
    /// <summary>Normal numbers of mean 0, float32 [rows, columns] on the CPU.</summary>
    public static Tensor Normal(long rows, long columns, double deviation, long seed)
    {
        using var generator = new Generator((ulong)seed);
        return randn([rows, columns], ScalarType.Float32, generator: generator).mul_(deviation);
    }
}
