using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>What a dynamic filter in front of a net made of a batch, for the losses that look at it.</summary>
/// <param name="Pooled">Its output, pooled to a row for each sample: floating-point [B, N].</param>
/// <param name="Weights">Its weights, each [filters, …].</param>
public sealed record FilterOutput(Tensor Pooled, IReadOnlyList<Tensor> Weights);
