namespace Mingling.Audio.Tests.Wav;

public class WavPieceWriterTests
{
    [Theory]
    [InlineData(WavEncoding.Pcm16)]
    [InlineData(WavEncoding.Pcm24)]
    [InlineData(WavEncoding.MuLaw)]
    [InlineData(WavEncoding.Float32)]
    public void WavPieceWriter_gives_the_bytes_of_the_whole_clip(WavEncoding encoding)
    {
        float[] samples = [.. Enumerable.Range(0, 10_001).Select(n => MathF.Sin(0.01f * n))];
        using MemoryStream whole = new(), pieces = new();
        WavWriter.Write(whole, new AudioClip(samples, 8000), encoding);
        var writer = new WavPieceWriter(pieces, 8000, encoding);
        for (int at = 0, length = 0; at < samples.Length; at += length, length = (3 * length) + 1) writer.Write(samples.AsSpan(at, Math.Min(length, samples.Length - at)));
        writer.Complete();
        writer.Samples.ShouldBe(samples.Length);
        pieces.ToArray().ShouldBe(whole.ToArray());
        pieces.Position.ShouldBe(pieces.Length);
    }

    [Fact]
    public void WavPieceWriter_refuses_what_is_no_sound_and_what_does_not_fit()
    {
        using var stream = new MemoryStream();
        var writer = new WavPieceWriter(stream, 8000);
        Should.Throw<ArgumentException>(() => writer.Write([0, float.NaN])).Message.ShouldStartWith("Sample 1 is NaN; samples are finite numbers.");
        writer.Capacity.ShouldBe((uint.MaxValue - 58) / 2);
        using var pipe = new ForwardOnlyStream([]);
        Should.Throw<ArgumentException>(() => new WavPieceWriter(pipe, 8000)).Message.ShouldStartWith("The length of a WAV file is written at its end");
    }
}
