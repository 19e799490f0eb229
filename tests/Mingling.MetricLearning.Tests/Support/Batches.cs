using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Support;

/// <summary>Random and degenerate batches.</summary>
internal static class Batches
{
    public const int Classes = 5;
    public const int Dimension = 6;
    public const int Shots = 3;

    public static (Tensor Embeddings, Tensor Labels) Random(long[] labels, int seed = 1, ScalarType dtype = ScalarType.Float64, int dimension = Dimension)
    {
        using var generator = new Generator((ulong)seed);
        using var exact = randn([labels.Length, dimension], ScalarType.Float64, generator: generator);
        return (exact.to(dtype, copy: true), tensor(labels));
    }

    /// <summary>P classes × K samples, in mixed order.</summary>
    public static (Tensor Embeddings, Tensor Labels) Episodes(int seed = 1, ScalarType dtype = ScalarType.Float64) =>
        Random([0, 1, 2, 3, 3, 2, 1, 0, 2, 1, 0, 3], seed, dtype);

    /// <summary>Batches that leave some loss without a positive, a negative or a direction.</summary>
    public static IEnumerable<(string Name, Tensor Embeddings, Tensor Labels)> Degenerate(ScalarType dtype)
    {
        var (random, _) = Random([0, 0, 0, 0, 0, 0], 3, dtype);
        yield return ("single sample", random.narrow(0, 0, 1), tensor(new long[] { 2 }));
        yield return ("one class", random.narrow(0, 0, 5), tensor(new long[] { 1, 1, 1, 1, 1 }));
        yield return ("all distinct", random.narrow(0, 0, 5), tensor(new long[] { 4, 2, 0, 1, 3 }));
        yield return ("one pair and a stranger", random.narrow(0, 0, 3), tensor(new long[] { 0, 0, 1 }));
        yield return ("duplicates", random.narrow(0, 0, 1).expand(6, -1).contiguous(), tensor(new long[] { 0, 0, 1, 1, 0, 1 }));
        yield return ("zeros", zeros_like(random), tensor(new long[] { 0, 0, 1, 1, 0, 1 }));
        yield return ("opposites", cat([random.narrow(0, 0, 3), -random.narrow(0, 0, 3)], 0), tensor(new long[] { 0, 1, 0, 0, 1, 1 }));
    }
}
