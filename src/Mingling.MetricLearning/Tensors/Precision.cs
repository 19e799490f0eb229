using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>What this library computes in.</summary>
internal static class Precision
{
    /// <summary>
    /// float16 and bfloat16 in float32, whatever else as it is. Half precision neither holds the sums of exponentials nor tells near rows
    /// apart; the gradient goes back in the type of the values.
    /// </summary>
    public static Tensor AtLeastSingle(Tensor values) =>
        values.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? values.to(ScalarType.Float32) : values;
}
