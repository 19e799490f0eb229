namespace Mingling.Audio.Tests.Augmentation;

public class TimeShiftTests
{
    [Theory]
    [InlineData(0, new float[] { 1, 2, 3, 4 })]
    [InlineData(1, new float[] { 0, 1, 2, 3 })]
    [InlineData(-1, new float[] { 2, 3, 4, 0 })]
    [InlineData(3, new float[] { 0, 0, 0, 1 })]
    [InlineData(4, new float[] { 0, 0, 0, 0 })]
    [InlineData(-9, new float[] { 0, 0, 0, 0 })]
    public void TimeShift_positive_is_later_and_silence_fills(int shift, float[] expected)
    {
        float[] samples = [1, 2, 3, 4];

        TimeShift.Shift(samples, shift);

        samples.ShouldBe(expected);
    }

    [Fact]
    public void TimeShift_shifts_are_drawn_from_the_whole_range()
    {
        var shift = new TimeShift(maxShiftMs: 0.5, sampleRate: 8000);
        var random = new Random(1);

        Enumerable.Range(0, 500).Select(_ => shift.Apply(new float[10], random)).Distinct().Order().ShouldBe(Enumerable.Range(-4, 9));
    }

    [Fact]
    public void TimeShift_returned_shift_is_the_one_applied()
    {
        float[] samples = new float[201];
        samples[100] = 1;

        int shift = new TimeShift(10, 8000).Apply(samples, new Random(3));

        Array.IndexOf(samples, 1).ShouldBe(100 + shift);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e12)]
    public void TimeShift_range_that_is_none_is_refused(double milliseconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new TimeShift(milliseconds, 16000));
}
