using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Online instance matching (Xiao et al. 2017, eq. 2): cross-entropy of scale · x·v_j over a look-up table of running class features and a
/// circular queue of the latest unlabelled ones, all L2-normalised. A negative label marks a sample of no known class: it costs nothing
/// itself and enters the queue.
/// </summary>
/// <remarks>
/// <see cref="Update"/> moves the table: v_j ← momentum · v_j + (1 − momentum) · mean of the class's rows, then normalised; rows of one class in
/// one batch enter as their mean, so that their order does not matter.
/// </remarks>
public sealed class OimLoss : EmbeddingLoss
{
    [TorchSharp.Utils.ComponentName(Name = "table")]
    private readonly Tensor _table;

    // One row more than the queue holds, into which labelled samples are written, so that no index list is needed.
    [TorchSharp.Utils.ComponentName(Name = "queue")]
    private readonly Tensor _queue;

    [TorchSharp.Utils.ComponentName(Name = "position")]
    private readonly Tensor _position;

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="queue">The number of unlabelled features kept, at least 0.</param>
    /// <param name="scale">The scale of the logits, greater than 0.</param>
    /// <param name="momentum">The share of the old class feature, 0 … 1.</param>
    /// <param name="reduction">The reduction over the labelled samples; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public OimLoss(int classes, int dimension, int queue = 0, double scale = 30, double momentum = 0.5, Reduction? reduction = null)
        : base(nameof(OimLoss), reduction ?? Reduction.Mean)
    {
        Classes = Check.AtLeast(classes, 1, nameof(classes));
        Dimension = Check.AtLeast(dimension, 1, nameof(dimension));
        QueueSize = Check.AtLeast(queue, 0, nameof(queue));
        Scale = Check.Positive(scale, nameof(scale));
        Momentum = Check.Range(momentum, 0, 1, nameof(momentum));
        _table = zeros(classes, dimension);
        _queue = zeros(queue + 1, dimension);
        _position = zeros(1, ScalarType.Int64);
        RegisterComponents();
    }

    /// <summary>The number of classes C.</summary>
    public int Classes { get; }

    /// <summary>The number of features D.</summary>
    public int Dimension { get; }

    /// <summary>The number of unlabelled features kept.</summary>
    public int QueueSize { get; }

    /// <summary>The scale of the logits.</summary>
    public double Scale { get; }

    /// <summary>The share of the old class feature.</summary>
    public double Momentum { get; }

    /// <summary>The class features, [C, D]. Owned by the module.</summary>
    public Tensor Table => _table;

    /// <inheritdoc/>
    public override void Update(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        CheckClasses(embeddings, labels);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var rows = Normalization.L2(Precision.AtLeastSingle(embeddings)).to(_table.dtype);
        MoveTable(rows, labels);
        if (QueueSize > 0) Enqueue(rows, labels);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        CheckClasses(batch.Embeddings, batch.Labels);
        var features = cat([_table, _queue.narrow(0, 0, QueueSize)], 0).to(batch.Embeddings.dtype); // a copy that a later update leaves alone
        var logits = mm(Normalization.L2(batch.Embeddings), features.t()) * Scale;
        var terms = CrossEntropy.Compute(logits, batch.Labels.clamp_min(0));
        return Reduction.Apply(LossTerms.PerSample(terms, batch.Labels.ge(0)), batch.Labels.clamp_min(0), batch.SampleWeights);
    }

    private void MoveTable(Tensor rows, Tensor labels)
    {
        var known = labels.ge(0).to(rows.dtype).unsqueeze(1);
        var index = labels.clamp_min(0);
        var counts = zeros(Classes, 1, rows.dtype, rows.device).index_add_(0, index, known, 1);
        var means = zeros_like(_table).index_add_(0, index, rows * known, 1) / counts.clamp_min(1);
        var moved = Normalization.L2(_table * Momentum + means * (1 - Momentum));
        _table.copy_(where(counts.gt(0), moved, _table));
    }

    private void Enqueue(Tensor rows, Tensor labels)
    {
        var unknown = labels.lt(0);
        var rank = unknown.to(ScalarType.Int64).cumsum(0);
        var total = rank.narrow(0, -1, 1);
        var kept = unknown.logical_and(rank.gt(total - QueueSize)); // of more than fit, the last
        var place = where(kept, (_position + rank - 1).remainder(QueueSize), full_like(rank, QueueSize));
        _queue.index_copy_(0, place, rows);
        _position.copy_((_position + total).remainder(QueueSize));
    }

    private void CheckClasses(Tensor embeddings, Tensor labels)
    {
        Check.Dimension(embeddings, Dimension);
        Check.LabelsBelow(labels, Classes, least: long.MinValue);
    }
}
