using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Sampling;

/// <summary>
/// Batches in which every class comes up equally often, whatever its size: classes are taken in shuffled rounds, and each hands out
/// its clips in shuffled passes. Over an epoch the counts of two classes differ by at most one; of large classes an epoch may show
/// only a part, of small ones each clip several times.
/// </summary>
public sealed class ClassBalancedSampler : BatchSampler
{
    private readonly RowsByClass _classes;
    private readonly int _batchSize;

    /// <summary>Creates a sampler at the beginning of epoch 0.</summary>
    /// <param name="labels">The class of each sample, at least one; any integers.</param>
    /// <param name="batchSize">The number of clips in every batch, at least 1.</param>
    /// <param name="seed">The seed of all random choices.</param>
    /// <param name="batchesPerEpoch">
    /// The number of batches in an epoch, at least 1. Default: null, which means as many as hold the number of samples, rounded up.
    /// </param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public ClassBalancedSampler(ReadOnlySpan<long> labels, int batchSize, int seed, int? batchesPerEpoch = null) : base(seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchesPerEpoch ?? 1, 1, nameof(batchesPerEpoch));
        if (labels.Length == 0) throw new ArgumentException("There must be at least one sample to draw from.", nameof(labels));
        _classes = new RowsByClass(labels);
        _batchSize = batchSize;
        BatchesPerEpoch = batchesPerEpoch ?? (labels.Length + batchSize - 1) / batchSize;
    }

    /// <inheritdoc/>
    public override int BatchesPerEpoch { get; }

    private protected override int[][] Plan(Random random)
    {
        var clips = new ClipDeck[_classes.Count];
        for (int c = 0; c < clips.Length; c++) clips[c] = new ClipDeck(_classes.Rows(c), random);
        var classes = new ClipDeck(Enumerable.Range(0, _classes.Count).ToArray(), random);
        int[][] plan = new int[BatchesPerEpoch][];
        int[] turn = new int[_batchSize];
        for (int b = 0; b < plan.Length; b++)
        {
            classes.Deal(turn);
            plan[b] = new int[_batchSize];
            for (int i = 0; i < _batchSize; i++) clips[turn[i]].Deal(plan[b].AsSpan(i, 1));
        }
        return plan;
    }
}
