using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>The one L2 normalisation of this library.</summary>
internal static class Normalization
{
    /// <summary>v / max(‖v‖₂, 1e-12) of each row.</summary>
    public static Tensor L2(Tensor rows) => nn.functional.normalize(rows, 2, rows.dim() - 1, 1e-12);
}
