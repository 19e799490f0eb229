using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>Uniform numbers in [0, 1) from a seed, the same on every device.</summary>
internal sealed class UniformNumbers(long seed)
{
    private Random _random = new(seed.GetHashCode());

    /// <summary>Begins anew from another seed.</summary>
    public void Restart(long from) => _random = new Random(from.GetHashCode());

    /// <summary>Float64 numbers in the shape and on the device of a tensor.</summary>
    public Tensor Like(Tensor shape)
    {
        double[] numbers = new double[shape.numel()];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = _random.NextDouble();
        return tensor(numbers, shape.shape, device: shape.device);
    }
}
