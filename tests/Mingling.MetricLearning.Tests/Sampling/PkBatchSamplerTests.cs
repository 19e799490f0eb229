using CsCheck;
using Mingling.MetricLearning.Sampling;

namespace Mingling.MetricLearning.Tests.Sampling;

public class PkBatchSamplerTests
{
    private static readonly Gen<(long[] Labels, PkBatchOptions Options)> Cases =
        from sizes in Gen.Int[1, 25].Array[2, 12]
        from p in Gen.Int[2, sizes.Length]
        from k in Gen.Int[1, 6]
        from seed in Gen.Int
        from share in Gen.Double[0, 1]
        from similarity in Gen.Double[0, 1].Array[sizes.Length * sizes.Length]
        from similar in Gen.Bool
        select (Labels(sizes), new PkBatchOptions
        {
            ClassesPerBatch = p,
            ClipsPerClass = k,
            Seed = seed,
            AllowRepeats = true,
            ConfusableShare = share,
            Similarity = similar ? Similarity(similarity, sizes.Length) : null,
        });

    [Fact]
    public void Every_batch_has_p_classes_with_k_clips_each() =>
        Cases.Sample(c =>
        {
            var sampler = new PkBatchSampler(c.Labels, c.Options);
            foreach (int[] batch in Epoch(sampler))
            {
                var classes = batch.GroupBy(i => c.Labels[i]).ToArray();
                classes.Length.ShouldBe(c.Options.ClassesPerBatch);
                classes.ShouldAllBe(g => g.Count() == c.Options.ClipsPerClass);
                foreach (var g in classes.Where(g => c.Labels.Count(l => l == g.Key) >= c.Options.ClipsPerClass)) g.ShouldBeUnique();
            }
        });

    [Fact]
    public void Every_clip_comes_up_and_clips_of_a_class_equally_often() =>
        Cases.Sample(c =>
        {
            int[] counts = new int[c.Labels.Length];
            foreach (int i in Epoch(new PkBatchSampler(c.Labels, c.Options)).SelectMany(b => b)) counts[i]++;
            counts.ShouldAllBe(n => n > 0);
            foreach (var g in counts.Index().GroupBy(n => c.Labels[n.Index])) (g.Max(n => n.Item) - g.Min(n => n.Item)).ShouldBeLessThanOrEqualTo(1);
        });

    [Fact]
    public void Epoch_has_no_more_batches_than_needed() =>
        Cases.Sample(c =>
        {
            int[] groups = c.Labels.CountBy(l => l).Select(g => (g.Value + c.Options.ClipsPerClass - 1) / c.Options.ClipsPerClass).ToArray();
            var sampler = new PkBatchSampler(c.Labels, c.Options);
            sampler.BatchesPerEpoch.ShouldBe(Math.Max(groups.Max(), (int)Math.Ceiling(groups.Sum() / (double)c.Options.ClassesPerBatch)));
        });

    [Fact]
    public void Equal_classes_come_up_equally_often_and_each_clip_once()
    {
        long[] labels = Labels([8, 8, 8, 8, 8, 8]);
        var sampler = new PkBatchSampler(labels, new PkBatchOptions { ClassesPerBatch = 3, ClipsPerClass = 4, Seed = 1 });
        sampler.BatchesPerEpoch.ShouldBe(4);
        Epoch(sampler).SelectMany(b => b).Order().ShouldBe(Enumerable.Range(0, 48));
    }

    [Fact]
    public void Restored_sampler_goes_on_exactly_like_the_saved_one() =>
        Cases.Select(Gen.Int[0, 40]).Sample((c, batches) => SamplerStates.ShouldGoOnAlike(() => new PkBatchSampler(c.Labels, c.Options), batches));

    [Fact]
    public void Epochs_and_seeds_give_different_batches()
    {
        var options = new PkBatchOptions { ClassesPerBatch = 4, ClipsPerClass = 2, Seed = 1 };
        long[] labels = Labels([20, 20, 20, 20, 20, 20]);
        var sampler = new PkBatchSampler(labels, options);
        var (first, second) = (Epoch(sampler), Epoch(sampler));
        sampler.Epoch.ShouldBe(2);
        second.SelectMany(b => b).ShouldNotBe(first.SelectMany(b => b));
        Epoch(new PkBatchSampler(labels, options with { Seed = 2 })).SelectMany(b => b).ShouldNotBe(first.SelectMany(b => b));
    }

    [Fact]
    public void Class_smaller_than_k_is_named()
    {
        var options = new PkBatchOptions { ClassesPerBatch = 2, ClipsPerClass = 4, Seed = 1 };
        Should.Throw<ArgumentException>(() => new PkBatchSampler([5, 5, 5, 5, 7, 7, 7], options)).Message
            .ShouldContain("Class 7 has 3 clips, fewer than the 4 that a batch takes of each class.");
        Epoch(new PkBatchSampler([5, 5, 5, 5, 7, 7, 7], options with { AllowRepeats = true })).Single().Length.ShouldBe(8);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var options = new PkBatchOptions { ClassesPerBatch = 2, ClipsPerClass = 1, Seed = 1 };
        long[] labels = new long[] { 1, 2, 2 };
        Should.Throw<ArgumentOutOfRangeException>(() => new PkBatchSampler(labels, options with { ClassesPerBatch = 3 })).Message.ShouldContain("number of classes, 2");
        Should.Throw<ArgumentOutOfRangeException>(() => new PkBatchSampler(labels, options with { ClassesPerBatch = 1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new PkBatchSampler(labels, options with { ClipsPerClass = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new PkBatchSampler(labels, options with { ConfusableShare = double.NaN }));
    }

    [Fact]
    public void Confusable_classes_share_batches_far_oftener_than_by_chance()
    {
        // Six pairs of confusable classes: 0-1, 2-3, …
        double[,] values = new double[12, 12];
        for (int c = 0; c < 12; c++) values[c, c ^ 1] = 1;
        long[] labels = Labels([.. Enumerable.Repeat(40, 12)]);
        var options = new PkBatchOptions { ClassesPerBatch = 4, ClipsPerClass = 2, Seed = 1, ConfusableShare = 1.0 / 3 };
        double chance = SharedPairs(new PkBatchSampler(labels, options));
        double guided = SharedPairs(new PkBatchSampler(labels, options with { Similarity = new ClassSimilarity(Labels([.. Enumerable.Repeat(1, 12)]), values) }));
        // By chance a batch of 4 of 12 classes holds 6 · (4·3)/(12·11) = 0.55 of the pairs; guided, at least one.
        chance.ShouldBeInRange(0.2, 0.9);
        guided.ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void Class_without_a_similarity_is_named()
    {
        var options = new PkBatchOptions { ClassesPerBatch = 3, ClipsPerClass = 1, Seed = 1, Similarity = new ClassSimilarity([1, 2], new double[2, 2]) };
        Should.Throw<ArgumentException>(() => new PkBatchSampler([1, 2, 3], options)).Message.ShouldContain("no similarity for class 3");
    }

    private static double SharedPairs(PkBatchSampler sampler) =>
        Epoch(sampler).Average(batch =>
        {
            int[] classes = batch.Select(i => i / 40).Distinct().ToArray();
            return classes.Count(c => c % 2 == 0 && classes.Contains(c + 1));
        });

    private static int[][] Epoch(BatchSampler sampler) => [.. Enumerable.Range(0, sampler.BatchesPerEpoch).Select(_ => sampler.Next().ToArray())];

    /// <summary>Classes 0, 1, … one after the other, of the given sizes.</summary>
    private static long[] Labels(int[] sizes) => [.. sizes.SelectMany((size, c) => Enumerable.Repeat((long)c, size))];

    private static ClassSimilarity Similarity(double[] values, int count)
    {
        double[,] matrix = new double[count, count];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return new ClassSimilarity(Labels([.. Enumerable.Repeat(1, count)]), matrix);
    }
}
