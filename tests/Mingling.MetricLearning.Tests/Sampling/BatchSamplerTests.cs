using Mingling.MetricLearning.Sampling;

namespace Mingling.MetricLearning.Tests.Sampling;

public class BatchSamplerTests
{
    private static readonly long[] Labels = [.. Enumerable.Range(0, 60).Select(i => i % 6L)];

    [Fact]
    public void State_in_the_midst_of_an_epoch_of_other_settings_is_refused()
    {
        var saved = new ClassBalancedSampler(Labels, batchSize: 6, seed: 1);
        saved.Next();
        Should.Throw<ArgumentException>(() => new ClassBalancedSampler(Labels, batchSize: 5, seed: 1).Restore(saved.Save())).Message.ShouldContain("other batches");
    }

    [Fact]
    public void State_at_the_beginning_of_an_epoch_carries_over_to_other_settings()
    {
        var saved = new ClassBalancedSampler(Labels, batchSize: 6, seed: 1);
        for (int b = 0; b < saved.BatchesPerEpoch; b++) saved.Next();
        var other = new ClassBalancedSampler(Labels, batchSize: 5, seed: 1);
        other.Restore(saved.Save());
        (other.Epoch, other.Batch).ShouldBe((1, 0));
        other.Next().Length.ShouldBe(5);
    }

    [Fact]
    public void State_of_another_seed_is_refused() =>
        Should.Throw<ArgumentException>(() => new ClassBalancedSampler(Labels, 6, seed: 1).Restore(new ClassBalancedSampler(Labels, 6, seed: 2).Save()))
            .Message.ShouldContain("seed 2");

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 10)]
    public void State_that_is_no_position_is_refused(int epoch, int batch) =>
        Should.Throw<ArgumentException>(() => new ClassBalancedSampler(Labels, 6, seed: 1).Restore(new SamplerState(1, epoch, batch, 0)))
            .Message.ShouldContain("no position");

    [Fact]
    public void Refused_state_leaves_the_sampler_where_it_was()
    {
        var sampler = new ClassBalancedSampler(Labels, 6, seed: 1);
        sampler.Next();
        Should.Throw<ArgumentException>(() => sampler.Restore(new SamplerState(1, 3, 4, 0)));
        (sampler.Epoch, sampler.Batch).ShouldBe((0, 1));
    }
}
