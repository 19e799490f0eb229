using CsCheck;
using Mingling.MetricLearning.Sampling;

namespace Mingling.MetricLearning.Tests.Sampling;

public class ClassBalancedSamplerTests
{
    private static readonly Gen<(long[] Labels, int BatchSize, int Seed)> Cases = Gen.Select(Gen.Long[-3, 3].Array[1, 60], Gen.Int[1, 20], Gen.Int);

    [Fact]
    public void Classes_and_clips_of_a_class_come_up_equally_often() =>
        Cases.Sample(c =>
        {
            var sampler = new ClassBalancedSampler(c.Labels, c.BatchSize, c.Seed);
            int[] drawn = Enumerable.Range(0, sampler.BatchesPerEpoch).SelectMany(_ => sampler.Next().ToArray()).ToArray();
            drawn.Length.ShouldBe((c.Labels.Length + c.BatchSize - 1) / c.BatchSize * c.BatchSize);
            int[] classes = c.Labels.Distinct().Select(l => drawn.Count(i => c.Labels[i] == l)).ToArray();
            (classes.Max() - classes.Min()).ShouldBeLessThanOrEqualTo(1);
            foreach (var clips in c.Labels.Index().GroupBy(l => l.Item, l => drawn.Count(i => i == l.Index)))
                (clips.Max() - clips.Min()).ShouldBeLessThanOrEqualTo(1);
        });

    [Fact]
    public void Classes_of_one_batch_are_as_even_as_can_be() =>
        Cases.Sample(c =>
        {
            var sampler = new ClassBalancedSampler(c.Labels, c.BatchSize, c.Seed);
            int classes = c.Labels.Distinct().Count();
            sampler.Next().ToArray().CountBy(i => c.Labels[i]).Max(g => g.Value).ShouldBe((c.BatchSize + classes - 1) / classes);
        });

    [Fact]
    public void Restored_sampler_goes_on_exactly_like_the_saved_one() =>
        Cases.Select(Gen.Int[0, 40]).Sample((c, batches) =>
            SamplerStates.ShouldGoOnAlike(() => new ClassBalancedSampler(c.Labels, c.BatchSize, c.Seed), batches));

    [Fact]
    public void Wanted_number_of_batches_makes_an_epoch() =>
        new ClassBalancedSampler([1, 2, 3], batchSize: 2, seed: 1, batchesPerEpoch: 7).BatchesPerEpoch.ShouldBe(7);

    [Fact]
    public void Unusable_settings_are_refused()
    {
        Should.Throw<ArgumentException>(() => new ClassBalancedSampler([], 2, 1)).Message.ShouldContain("at least one sample");
        Should.Throw<ArgumentOutOfRangeException>(() => new ClassBalancedSampler([1], 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ClassBalancedSampler([1], 1, 1, batchesPerEpoch: 0));
    }
}
