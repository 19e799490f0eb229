using Mingling.MetricLearning.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Center loss: the mean over the batch of ½‖x_i − c_{y_i}‖², which draws every embedding to the centre of its class
/// (Wen et al. 2016, "A discriminative feature learning approach for deep face recognition"; the paper's sum with
/// <see cref="Reduction.Sum"/>). It needs a partner that keeps the classes apart, usually softmax cross-entropy.
/// </summary>
public sealed class CenterLoss : EmbeddingLoss
{
    [TorchSharp.Utils.ComponentName(Name = "centers")]
    private readonly Tensor _centers;

    private readonly CenterSeparation? _separation;

    /// <summary>Makes a center loss whose centres begin at the origin.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="rate">The rate α of the centres, 0 … 1; not used by <see cref="CenterUpdate.Gradient"/>.</param>
    /// <param name="update">The rule by which the centres follow their classes.</param>
    /// <param name="separation">A term that keeps the centres apart; null means none.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CenterLoss(
        int classes,
        int dimension,
        double rate = 0.5,
        CenterUpdate update = CenterUpdate.Paper,
        CenterSeparation? separation = null,
        Reduction? reduction = null)
        : base(nameof(CenterLoss), reduction ?? Reduction.Mean)
    {
        Classes = Check.AtLeast(classes, 1, nameof(classes));
        Dimension = Check.AtLeast(dimension, 1, nameof(dimension));
        Rate = Check.Range(rate, 0, 1, nameof(rate));
        Rule = update;
        if (separation is not null)
        {
            Check.Range(separation.Weight, 0, double.PositiveInfinity, nameof(separation));
            Check.Positive(separation.Margin, nameof(separation));
        }
        _separation = separation;
        var origin = zeros(classes, dimension);
        _centers = update == CenterUpdate.Gradient ? new Parameter(origin) : origin;
        RegisterComponents();
    }

    /// <summary>The number of classes C.</summary>
    public int Classes { get; }

    /// <summary>The number of features D.</summary>
    public int Dimension { get; }

    /// <summary>The rate α of the centres.</summary>
    public double Rate { get; }

    /// <summary>The rule by which the centres follow their classes.</summary>
    public CenterUpdate Rule { get; }

    /// <summary>The centres, [C, D]: a buffer, or a parameter under <see cref="CenterUpdate.Gradient"/>. Owned by the module.</summary>
    public Tensor Centers => _centers;

    /// <summary>
    /// Moves the centres toward the embeddings of a batch, without gradient; call it after the loss of the step was computed.
    /// The weight of the loss in a joint objective does not enter.
    /// </summary>
    /// <inheritdoc/>
    public override void Update(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        CheckClasses(embeddings, labels);
        if (Rule == CenterUpdate.Gradient) return;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var counts = labels.bincount(null, Classes).to(_centers.dtype).unsqueeze(1);
        var sums = zeros_like(_centers).index_add_(0, labels, embeddings.to(_centers.dtype), 1);
        var pull = counts * _centers - sums; // Σ (c_j − x_i), [C, D]
        if (Rule == CenterUpdate.Paper) pull /= counts + 1;
        _centers.sub_(pull * Rate);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        CheckClasses(batch.Embeddings, batch.Labels);
        var centers = _centers.to(batch.Embeddings.dtype);
        var offsets = batch.Embeddings - centers.index_select(0, batch.Labels);
        var loss = Reduce(LossTerms.PerSample(offsets.square().sum(new long[] { 1 }) * 0.5), batch);
        return _separation is null ? loss : loss + Separation(batch, centers);
    }

    private Tensor Separation(LossBatch batch, Tensor centers)
    {
        var counts = batch.Labels.bincount(null, Classes).to(centers.dtype).unsqueeze(1);
        // A buffer passes no gradient on, so the means of the batch stand for the centres there.
        if (Rule != CenterUpdate.Gradient)
            centers = zeros_like(centers).index_add(0, batch.Labels, batch.Embeddings, 1) / counts.clamp_min(1);
        return SeparationPenalty.Compute(centers, counts.squeeze(1).gt(0), _separation!);
    }

    private void CheckClasses(Tensor embeddings, Tensor labels)
    {
        Check.Dimension(embeddings, Dimension);
        Check.LabelsBelow(labels, Classes);
    }
}
