using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Sampling;

/// <summary>
/// Batches of P classes with K clips each (Hermans et al. 2017), class after class. In an epoch every clip comes up, and within a
/// class no clip more than once oftener than another. Where classes differ in size, small ones come up again until each batch has its
/// P classes. With a similarity of classes, those that are easily confused share a batch.
/// </summary>
public sealed class PkBatchSampler : BatchSampler
{
    private readonly RowsByClass _classes;
    private readonly PkBatchOptions _options;
    private readonly ClassSchedule _schedule;

    /// <summary>Creates a sampler at the beginning of epoch 0.</summary>
    /// <param name="labels">The class of each sample; any integers.</param>
    /// <param name="options">P, K, the seed and further settings.</param>
    /// <exception cref="ArgumentException">A class has fewer than K clips and repeats are not allowed, or has no similarity.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public PkBatchSampler(ReadOnlySpan<long> labels, PkBatchOptions options) : base(Checked(options).Seed)
    {
        _options = options;
        _classes = new RowsByClass(labels);
        if (options.ClassesPerBatch < 2 || options.ClassesPerBatch > _classes.Count)
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ClassesPerBatch, $"The classes in a batch must lie between 2 and the number of classes, {_classes.Count}.");
        int[] groups = new int[_classes.Count];
        for (int c = 0; c < groups.Length; c++)
        {
            if (_classes.Size(c) < options.ClipsPerClass && !options.AllowRepeats)
                throw new ArgumentException(
                    $"Class {_classes.Labels[c]} has {_classes.Size(c)} clips, fewer than the {options.ClipsPerClass} that a batch takes of each class.",
                    nameof(labels));
            groups[c] = (_classes.Size(c) + options.ClipsPerClass - 1) / options.ClipsPerClass;
        }
        _schedule = new ClassSchedule(groups, options.ClassesPerBatch, MostSimilarFirst(), Companions(options));
    }

    /// <inheritdoc/>
    public override int BatchesPerEpoch => _schedule.Batches;

    private protected override int[][] Plan(Random random)
    {
        var decks = new ClipDeck[_classes.Count];
        for (int c = 0; c < decks.Length; c++) decks[c] = new ClipDeck(_classes.Rows(c), random);
        int[][] plan = new int[BatchesPerEpoch][];
        int k = _options.ClipsPerClass;
        foreach (var (position, classes) in _schedule.Draw(random).Index())
        {
            int[] batch = plan[position] = new int[classes.Length * k];
            for (int i = 0; i < classes.Length; i++) decks[classes[i]].Deal(batch.AsSpan(i * k, k));
        }
        random.Shuffle(plan);
        return plan;
    }

    /// <summary>For each class all others by falling similarity, or null where chance alone decides.</summary>
    private int[][]? MostSimilarFirst()
    {
        if (_options.Similarity is not { } similarity || Companions(_options) == 0) return null;
        long[] labels = _classes.Labels;
        return [.. labels.Select((own, c) => Enumerable.Range(0, labels.Length)
            .Where(other => other != c)
            .OrderByDescending(other => similarity[own, labels[other]])
            .ToArray())];
    }

    private static int Companions(PkBatchOptions options) => (int)Math.Round(options.ConfusableShare * (options.ClassesPerBatch - 1));

    private static PkBatchOptions Checked(PkBatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ClipsPerClass, 1, "ClipsPerClass");
        if (!(options.ConfusableShare >= 0 && options.ConfusableShare <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.ConfusableShare, "The confusable share must lie between 0 and 1.");
        return options;
    }
}
