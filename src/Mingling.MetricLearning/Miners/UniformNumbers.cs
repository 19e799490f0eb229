using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>Uniform numbers in [0, 1) from a seed, the same on every device.</summary>
internal sealed class UniformNumbers(long seed)
{
    private Random _random = new(seed.GetHashCode());

    /// <summary>Begins anew from another seed.</summary>
    public void Restart(long from) => _random = new Random(from.GetHashCode());

    /// <summary>Float64 numbers in the shape and on the device of a tensor.</summary>
    public Tensor Like(Tensor shape) => tensor(Next((int)shape.numel()), shape.shape, device: shape.device);

    /// <summary>The same numbers in an array.</summary>
    public double[] Next(int count)
    {
        double[] numbers = new double[count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = _random.NextDouble();
        return numbers;
    }
}
