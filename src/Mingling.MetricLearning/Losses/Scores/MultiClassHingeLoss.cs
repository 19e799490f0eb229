using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The two multi-class hinges.</summary>
public enum MultiClassHingeForm
{
    /// <summary>Σ_{k≠y} [m − f_y + f_k]+ (Weston and Watkins 1999).</summary>
    WestonWatkins,

    /// <summary>max_{k≠y} [m − f_y + f_k]+ (Crammer and Singer 2001).</summary>
    CrammerSinger,
}

/// <summary>Multi-class hinge of scores: here the "embeddings" are the scores f, [B, C], of the classes.</summary>
public sealed class MultiClassHingeLoss : EmbeddingLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="margin">The margin m, at least 0.</param>
    /// <param name="form">The sum or the maximum over the wrong classes.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative or not finite.</exception>
    public MultiClassHingeLoss(double margin = 1, MultiClassHingeForm form = MultiClassHingeForm.WestonWatkins, Reduction? reduction = null)
        : base(nameof(MultiClassHingeLoss), reduction ?? Reduction.Mean)
    {
        Margin = Check.Range(margin, 0, double.PositiveInfinity, nameof(margin));
        Form = form;
    }

    /// <summary>The margin m.</summary>
    public double Margin { get; }

    /// <summary>The sum or the maximum over the wrong classes.</summary>
    public MultiClassHingeForm Form { get; }

    /// <summary>The first C values of an embedding are the scores of the classes.</summary>
    /// <inheritdoc/>
    public override int LeastDimension(int classes) => classes;

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        Check.LabelsBelow(batch.Labels, batch.Embeddings.shape[1]);
        var index = batch.Labels.unsqueeze(1);
        var own = batch.Embeddings.gather(1, index); // [B, 1]
        var hinges = (batch.Embeddings - own + Margin).clamp_min(0).scatter(1, index, zeros_like(own));
        var terms = Form == MultiClassHingeForm.WestonWatkins ? hinges.sum(new long[] { 1 }) : hinges.max(1).values;
        return Reduce(LossTerms.PerSample(terms), batch);
    }
}
