using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Tests.Streaming.Sources;

public class SampleSourceTests
{
    private static readonly float[] Words = [.. Sound.Noise(1.2, 0.001), .. Sound.Tone(ToneModel.LowHz, 0.5), .. Sound.Noise(1.2, 0.001)];

    [Fact]
    public async Task ListenAsync_to_a_clip_and_to_the_same_as_raw_bytes_hears_the_same()
    {
        var fromClip = await Listen(new ClipSource(new AudioClip(Words, Sound.Rate)));
        fromClip.Select(e => e.Word).ShouldBe(["low"]);
        foreach (int piece in new[] { 1, 3, 1000, 100_000 })
        {
            var fromBytes = await Listen(new PcmSource(new DrippingStream(Bytes(Words), piece), Sound.Rate));
            fromBytes.Select(e => (e.Word, e.Time)).ShouldBe(fromClip.Select(e => (e.Word, e.Time)));
        }
    }

    [Fact]
    public async Task PcmSource_decodes_all_16_bits_at_their_scale()
    {
        float[] samples = new float[10];
        var source = new PcmSource(new MemoryStream([0, 0x80, 0xff, 0xff, 0, 0, 1, 0, 0xff, 0x7f]), 8000);
        (await source.ReadAsync(samples)).ShouldBe(5);
        samples[..5].ShouldBe([-1, -1 / 32768f, 0, 1 / 32768f, 32767 / 32768f]);
        (await source.ReadAsync(samples)).ShouldBe(0);
    }

    [Fact]
    public async Task PcmSource_that_stops_in_the_middle_of_a_sample_says_so() =>
        (await Should.ThrowAsync<SampleStreamException>(() => Listen(new PcmSource(new MemoryStream(new byte[32_001]), Sound.Rate))))
            .Message.ShouldBe("The stream stops in the middle of a sample after 1.00 s; samples have 2 bytes.");

    [Fact]
    public async Task ListenAsync_to_a_stream_that_stops_within_a_sample_hears_its_end_first()
    {
        // The word is so near to the end that only what lies behind it shows it whole.
        float[] words = Words[..(int)(1.6 * Sound.Rate)];
        var whole = await Listen(new PcmSource(new MemoryStream(Bytes(words)), Sound.Rate));
        whole.ShouldHaveSingleItem().Word.ShouldBe("low");
        var events = new List<CommandEvent>();
        await Should.ThrowAsync<SampleStreamException>(async () =>
        {
            var source = new PcmSource(new MemoryStream([.. Bytes(words), 1]), Sound.Rate);
            await foreach (var heard in new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()).ListenAsync(source)) events.Add(heard);
        });
        events.ShouldBe(whole);
    }

    [Fact]
    public async Task ListenAsync_to_a_stream_that_breaks_off_says_when_and_why()
    {
        var source = new PcmSource(new DrippingStream(Bytes(Words), 1000, breaksOff: true), Sound.Rate);
        var error = await Should.ThrowAsync<SampleStreamException>(() => Listen(source));
        error.Message.ShouldBe("The stream broke off after 2.90 s: the cable was pulled");
        error.InnerException.ShouldBeOfType<IOException>();
    }

    [Fact]
    public async Task ListenAsync_at_another_rate_than_stated_says_so() =>
        (await Should.ThrowAsync<SampleStreamException>(() => Listen(new ClipSource(new AudioClip(Words, 48_000))))).Message.ShouldContain("48000 Hz");

    [Fact]
    public async Task ListenAsync_when_canceled_ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => Listen(new ClipSource(new AudioClip(Words, Sound.Rate)), stop.Token));
    }

    private static async Task<List<CommandEvent>> Listen(ISampleSource source, CancellationToken cancellationToken = default)
    {
        var events = new List<CommandEvent>();
        await foreach (var heard in new CommandSpotter(new ToneModel(), Sound.Rate, new SpotterSettings()).ListenAsync(source, cancellationToken)) events.Add(heard);
        return events;
    }

    private static byte[] Bytes(float[] samples) =>
        [.. samples.SelectMany(x => BitConverter.GetBytes((short)Math.Clamp(Math.Round(x * 32768), -32768, 32767)))];

    /// <summary>Gives a few bytes at a time, as pipes do.</summary>
    private sealed class DrippingStream(byte[] bytes, int most, bool breaksOff = false) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            breaksOff && Position == Length
                ? throw new IOException("the cable was pulled")
                : base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
