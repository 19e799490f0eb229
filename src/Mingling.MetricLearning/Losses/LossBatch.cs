using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>A checked batch: what a loss computes from.</summary>
/// <param name="Embeddings">Floating-point [B, D].</param>
/// <param name="Labels">The class of each row, int64 [B].</param>
/// <param name="SampleWeights">A weight for each row, [B], of the embeddings' dtype; null when all weigh 1.</param>
public sealed record LossBatch(Tensor Embeddings, Tensor Labels, Tensor? SampleWeights);
