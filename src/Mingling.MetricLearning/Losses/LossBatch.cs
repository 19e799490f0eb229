using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>A checked batch: what a loss computes from.</summary>
/// <param name="Embeddings">float32 or float64 [B, D].</param>
/// <param name="Labels">The class of each row, int64 [B].</param>
/// <param name="SampleWeights">A weight for each row, [B], of the embeddings' dtype; null when all weigh 1.</param>
public sealed record LossBatch(Tensor Embeddings, Tensor Labels, Tensor? SampleWeights)
{
    /// <summary>What a dynamic filter in front of the net made of the batch; null where there is none.</summary>
    public FilterOutput? Filter { get; init; }

    /// <summary>A batch of at least single precision, inside a dispose scope.</summary>
    internal static LossBatch AtLeastSingle(Tensor embeddings, Tensor labels, Tensor? sampleWeights = null)
    {
        var rows = Precision.AtLeastSingle(embeddings);
        return new LossBatch(rows, labels, sampleWeights?.to(rows.dtype));
    }
}
