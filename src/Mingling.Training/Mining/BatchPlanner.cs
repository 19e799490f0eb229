using Mingling.MetricLearning.Sampling;
using Mingling.Training.Data;
using Mingling.Training.Objectives;
using Mingling.Training.Recipes;

namespace Mingling.Training.Mining;

/// <summary>Puts the batches of an epoch together by the rule that the recipe names, or that its loss needs.</summary>
internal sealed class BatchPlanner
{
    private const ulong OrderStream = 2, TripletStream = 4;

    private readonly TrainingRecipe _recipe;
    private readonly int[] _labels;
    private readonly IReadOnlyList<string> _classes;
    private readonly string[] _comparingParts;
    private readonly BatchKind _kind;
    private readonly bool _offline;

    /// <exception cref="TrainingFailedException">The clips cannot be put together as the recipe or its loss needs.</exception>
    public BatchPlanner(TrainingRecipe recipe, int[] labels, IReadOnlyList<string> classes, TrainingObjective objective)
    {
        (_recipe, _labels, _classes) = (recipe, labels, classes);
        _comparingParts = [.. objective.ComparingParts];
        _offline = objective.OfflineMeasure is not null;
        _kind = recipe.Batches.Kind is not BatchKind.Auto ? recipe.Batches.Kind
            : _comparingParts.Length > 0 ? BatchKind.Classes : BatchKind.Shuffled;
        if (_kind is BatchKind.Classes && !_offline) CheckClasses();
        Steps = Plan(0, new MinedClips()).Batches;
    }

    /// <summary>The batches of every epoch.</summary>
    public int Steps { get; }

    /// <summary>The most clips that a batch holds.</summary>
    public int LargestBatch => Math.Max(_recipe.BatchSize, 3);

    /// <summary>Whether plans depend on what the model has learned.</summary>
    public bool Mines => _offline || _recipe.Batches.ConfusableShare > 0;

    /// <summary>The batches of an epoch.</summary>
    public EpochPlan Plan(int epoch, MinedClips mined)
    {
        ulong seed = SeededRandom.Derive((ulong)_recipe.Seed, OrderStream, (ulong)epoch);
        if (_offline) return new OfflineTriplets(_labels, _recipe.BatchSize).Plan(mined, seed, SeededRandom.Derive((ulong)_recipe.Seed, TripletStream, (ulong)epoch));
        var plan = _kind switch
        {
            BatchKind.Classes => OneEpoch(new PkBatchSampler(Longs(), Options((int)(seed >> 33), mined))),
            BatchKind.Balanced => OneEpoch(new ClassBalancedSampler(Longs(), Math.Min(_recipe.BatchSize, _labels.Length), (int)(seed >> 33))),
            _ => EpochPlan.Shuffled(_labels.Length, _recipe.BatchSize, seed),
        };
        if (_comparingParts.Length > 0) CheckPairs(plan, epoch);
        return plan;
    }

    private static EpochPlan OneEpoch(BatchSampler sampler) =>
        new([.. Enumerable.Range(0, sampler.BatchesPerEpoch).Select(_ => sampler.Next().ToArray())]);

    private PkBatchOptions Options(int seed, MinedClips mined) => new()
    {
        ClassesPerBatch = ClassesPerBatch,
        ClipsPerClass = _recipe.Batches.ClipsPerClass,
        Seed = seed,
        ConfusableShare = _recipe.Batches.ConfusableShare,
        Similarity = mined.Rounds == 0 || _recipe.Batches.ConfusableShare == 0 ? null : Similarity(mined),
    };

    private int ClassesPerBatch => Math.Min(_classes.Count, _recipe.BatchSize / _recipe.Batches.ClipsPerClass);

    private ClassSimilarity Similarity(MinedClips mined)
    {
        double[,] values = new double[_classes.Count, _classes.Count];
        for (int i = 0; i < mined.Confusions.Length; i++) values[i / _classes.Count, i % _classes.Count] = mined.Confusions[i];
        return new ClassSimilarity([.. Enumerable.Range(0, _classes.Count).Select(c => (long)c)], values);
    }

    private long[] Longs() => [.. _labels.Select(label => (long)label)];

    private void CheckClasses()
    {
        int k = _recipe.Batches.ClipsPerClass;
        string needs = _comparingParts.Length > 0 ? $"{string.Join(", ", _comparingParts)} compares clips" : "the recipe asks for batches by class";
        if (ClassesPerBatch < 2)
            throw new TrainingFailedException(
                $"{needs}, but a batch of {_recipe.BatchSize} clips holds only one word with {k} clips; take larger batches or fewer clips of a class.");
        int[] counts = new int[_classes.Count];
        foreach (int label in _labels) counts[label]++;
        string[] small = [.. Enumerable.Range(0, counts.Length).Where(c => counts[c] < k).Select(c => $"{_classes[c]} ({counts[c]})")];
        if (small.Length > 0)
            throw new TrainingFailedException(new Remark("train.few-clips",
                $"{needs}, {k} clips of each word in a batch, and there are fewer of {string.Join(", ", small)}; record more, or take fewer clips of a class.", ("n", k), ("words", small)));
    }

    private void CheckPairs(EpochPlan plan, int epoch)
    {
        for (int b = 0; b < plan.Batches; b++)
        {
            int clips = plan.Batch(b).Length, words = plan.Batch(b).ToArray().Select(clip => _labels[clip]).Distinct().Count();
            if (words == clips)
                throw new TrainingFailedException(
                    $"batch {b + 1} of epoch {epoch + 1} has no two clips of one word, so {string.Join(", ", _comparingParts)} has nothing to compare; "
                    + "take larger batches, or batches by class.");
        }
    }
}
