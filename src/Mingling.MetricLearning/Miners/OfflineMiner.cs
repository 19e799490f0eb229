using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>The farthest clip of an anchor's class and the nearest clip of another, as rows of the training set.</summary>
/// <param name="FarthestPositive">The row of the farthest clip of the class; −1 where the anchor is alone in its class.</param>
/// <param name="NearestNegative">The row of the nearest clip of another class; −1 where there is only one class.</param>
public readonly record struct HardNeighbors(long FarthestPositive, long NearestNegative);

/// <summary>
/// Offline mining: looks up hard positives and negatives of a whole training set that the present model has embedded, in blocks of
/// anchors, so that the matrix of all pairs is never held.
/// </summary>
public sealed class OfflineMiner
{
    private readonly PairMeasure _measure;
    private readonly int _blockRows;

    /// <summary>Makes the miner.</summary>
    /// <param name="measure">What compares the rows; null means Euclidean distance of L2-normalised rows.</param>
    /// <param name="blockRows">The number of anchors in a block, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blockRows"/> is less than 1.</exception>
    public OfflineMiner(PairMeasure? measure = null, int blockRows = 256)
    {
        _measure = measure ?? new EuclideanDistance();
        _blockRows = Check.AtLeast(blockRows, 1, nameof(blockRows));
    }

    /// <summary>Looks up the hard neighbours of every row.</summary>
    /// <param name="embeddings">Floating-point [N, D].</param>
    /// <param name="labels">The class of each row, int64 [N].</param>
    /// <returns>One entry for each row.</returns>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public IReadOnlyList<HardNeighbors> Mine(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var found = new List<HardNeighbors>((int)labels.shape[0]);
        _measure.InBlocks(embeddings, embeddings, _blockRows, (start, values) => found.AddRange(OfBlock(start, values, labels)));
        return found;
    }

    private IEnumerable<HardNeighbors> OfBlock(long start, Tensor values, Tensor labels)
    {
        var cost = _measure is Similarity ? -values : values;
        var rows = arange(start, start + cost.shape[0], device: labels.device).unsqueeze(1);
        var same = labels.index_select(0, rows.squeeze(1)).unsqueeze(1).eq(labels.unsqueeze(0));
        var positives = same.logical_and(rows.ne(arange(labels.shape[0], device: labels.device).unsqueeze(0)));
        var farthest = cost.masked_fill(positives.logical_not(), double.NegativeInfinity).argmax(1);
        var nearest = cost.masked_fill(same, double.PositiveInfinity).argmin(1);
        long[] first = OrNone(farthest, positives.any(1));
        long[] second = OrNone(nearest, same.logical_not().any(1));
        return first.Zip(second, (positive, negative) => new HardNeighbors(positive, negative));
    }

    private static long[] OrNone(Tensor index, Tensor exists) => Indexes.ToArray(index.masked_fill(exists.logical_not(), -1));
}
