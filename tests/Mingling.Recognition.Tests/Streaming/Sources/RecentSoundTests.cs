using Mingling.Audio;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Tests.Streaming.Sources;

public class RecentSoundTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(7)]
    public async Task Copy_gives_the_last_samples_that_were_read_whatever_the_pieces(int piece)
    {
        float[] samples = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];
        var recent = new RecentSound(new ClipSource(new AudioClip(samples, 1000)), seconds: 0.1);
        recent.Copy().ShouldBeEmpty();
        float[] buffer = new float[piece];
        int read = 0;
        while (await recent.ReadAsync(buffer, TestContext.Current.CancellationToken) is var count and > 0)
        {
            read += count;
            recent.Copy().ShouldBe(samples[Math.Max(0, read - 100)..read]);
        }
        read.ShouldBe(1000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    [InlineData(double.NaN)]
    public void A_time_out_of_range_is_refused(double seconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RecentSound(new ClipSource(new AudioClip([0], 1000)), seconds));
}
