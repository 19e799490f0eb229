using Mingling.Training.Passes;

namespace Mingling.Training.Tests.Passes;

public class MicroBatchesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Every_row_is_in_one_micro_batch_and_every_micro_batch_in_one_process(int clips)
    {
        int count = MicroBatches.CountOf(clips);
        int[][] rows = [.. Enumerable.Range(0, count).Select(index => MicroBatches.RowsOf(index, clips))];
        rows.SelectMany(row => row).Order().ShouldBe(Enumerable.Range(0, clips));
        (rows.Max(row => row.Length) - rows.Min(row => row.Length)).ShouldBeLessThanOrEqualTo(1);
        foreach (int ranks in new[] { 1, 2, 3, 11 })
            Enumerable.Range(0, ranks).SelectMany(rank => Enumerable.Range(0, count).Take(MicroBatches.Of(rank, ranks, clips))).ShouldBe(Enumerable.Range(0, count));
    }

    [Fact]
    public void Clips_of_a_word_that_stand_together_are_spread_over_the_micro_batches()
    {
        // 16 words with 4 clips each.
        MicroBatches.CountOf(64).ShouldBe(2);
        for (int index = 0; index < 2; index++) MicroBatches.RowsOf(index, 64).Select(row => row / 4).Distinct().Count().ShouldBe(16);
    }

    [Fact]
    public void Each_row_is_mixed_with_another_of_its_micro_batch()
    {
        var draws = new StepDraws(Seed: 5, Share: 0.7, LastDecisionsAlone: false);
        for (int index = 0; index < 2; index++)
        {
            int[] rows = MicroBatches.RowsOf(index, 64), partners = draws.PartnersOf(index, rows);
            partners.Order().ShouldBe(rows);
            rows.Zip(partners).ShouldAllBe(pair => pair.First != pair.Second);
        }
        draws.PartnersOf(0, [3]).ShouldBe([3]);
    }
}
