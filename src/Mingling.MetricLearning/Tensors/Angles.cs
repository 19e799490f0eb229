using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>Angles by their cosines, without the arc cosine, whose gradient is infinite at 0 and π.</summary>
internal static class Angles
{
    /// <summary>The least square of a sine: of a smaller one nothing is learned.</summary>
    public const double LeastSquaredSine = 1e-14;

    /// <summary>cos(θ + m) = cos θ cos m − sin θ sin m, for θ in [0, π] given by its cosine.</summary>
    public static Tensor CosineOfSum(Tensor cosine, double angle) => cosine * Math.Cos(angle) - Sine(cosine) * Math.Sin(angle);

    /// <summary>sin θ from cos θ, with gradient 0 where the sine is 0.</summary>
    public static Tensor Sine(Tensor cosine) => (1 - cosine.square()).clamp_min(LeastSquaredSine).sqrt();

    /// <summary>cos(mθ) from cos θ for a whole number m, by T_m = 2 cos θ T_{m−1} − T_{m−2}.</summary>
    public static Tensor CosineOfMultiple(Tensor cosine, int multiple)
    {
        var (before, current) = (ones_like(cosine), cosine);
        for (int m = 2; m <= multiple; m++) (before, current) = (current, cosine * current * 2 - before);
        return current;
    }
}
