using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Cross-batch memory (Wang et al. 2020): any pair loss of a batch against itself and the embeddings of earlier batches, which a ring of
/// fixed size keeps without gradient. The ring, its labels and its position are buffers, so they survive save and load.
/// </summary>
public sealed class CrossBatchMemoryLoss : EmbeddingLoss
{
    private const long Empty = -1;

    [TorchSharp.Utils.ComponentName(Name = "loss")]
    private readonly PairLoss _loss;

    [TorchSharp.Utils.ComponentName(Name = "memory")]
    private readonly Tensor _memory;

    [TorchSharp.Utils.ComponentName(Name = "memory_labels")]
    private readonly Tensor _memoryLabels;

    [TorchSharp.Utils.ComponentName(Name = "position")]
    private readonly Tensor _position;

    /// <summary>Makes the loss.</summary>
    /// <param name="loss">The pair loss. This loss takes it over: it is a child module and is disposed with it.</param>
    /// <param name="size">The number of embeddings kept, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CrossBatchMemoryLoss(PairLoss loss, int size, int dimension)
        : base(nameof(CrossBatchMemoryLoss), (loss ?? throw new ArgumentNullException(nameof(loss))).Reduction)
    {
        _loss = loss;
        Dimension = Check.AtLeast(dimension, 1, nameof(dimension));
        Size = Check.AtLeast(size, 1, nameof(size));
        _memory = zeros(size, dimension);
        _memoryLabels = full(size, Empty, ScalarType.Int64);
        _position = zeros(1, ScalarType.Int64);
        RegisterComponents();
    }

    /// <summary>The number of embeddings kept.</summary>
    public int Size { get; }

    /// <summary>The number of features D.</summary>
    public int Dimension { get; }

    /// <inheritdoc/>
    public override BatchRequirement Batches => BatchRequirement.Classes;

    /// <inheritdoc/>
    public override void Restart(long seed) => _loss.Restart(seed);

    /// <summary>Puts a batch into the ring; of a batch larger than the ring its last rows. Labels must be at least 0.</summary>
    /// <inheritdoc/>
    public override void Update(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        CheckClasses(embeddings, labels);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        long count = Math.Min(Size, embeddings.shape[0]);
        long first = embeddings.shape[0] - count;
        var places = (arange(count, device: _position.device) + _position).remainder(Size);
        _memory.index_copy_(0, places, embeddings.narrow(0, first, count).to(_memory.dtype));
        _memoryLabels.index_copy_(0, places, labels.narrow(0, first, count));
        _position.add_(count).remainder_(Size);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        CheckClasses(batch.Embeddings, batch.Labels);
        var memory = _memory.to(batch.Embeddings.dtype).clone();
        return _loss.Compute(batch, PairView.WithMemory(batch.Embeddings, batch.Labels, memory, _memoryLabels.clone()));
    }

    private void CheckClasses(Tensor embeddings, Tensor labels)
    {
        Check.Dimension(embeddings, Dimension);
        Check.LabelsBelow(labels, long.MaxValue);
    }
}
