namespace Mingling.Audio.Tests.Wav;

/// <summary>Two channels, one of which is the other turned over: their mean is silence, though both hold the sound.</summary>
public class OppositePhaseTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(-0.8f)]
    [InlineData(-1.2f)]
    public void WavReader_of_channels_in_opposite_phase_takes_the_louder_one(float other)
    {
        float[] first = [.. Enumerable.Range(0, 20_000).Select(n => (float)(0.3 * Math.Sin(n * 0.17)))];
        var clip = Read([.. first.SelectMany(x => new[] { x, other * x })], out string? note);

        for (int i = 0; i < first.Length; i++) clip.Samples[i].ShouldBe(first[i] * (other < -1 ? other : 1), 1e-6f);
        note.ShouldBe("has two channels in opposite phase, whose mean is silence; the louder one is used");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-0.5f)]
    public void WavReader_of_other_channels_takes_their_mean(float other)
    {
        float[] first = [.. Enumerable.Range(0, 1000).Select(n => (float)(0.3 * Math.Sin(n * 0.17)))];
        var clip = Read([.. first.SelectMany(x => new[] { x, other * x })], out string? note);

        for (int i = 0; i < first.Length; i++) clip.Samples[i].ShouldBe(first[i] * (1 + other) / 2, 1e-6f);
        note.ShouldBeNull();
    }

    [Fact]
    public void WavReader_of_independent_channels_and_of_silence_takes_the_mean()
    {
        var random = new Random(1);
        Read([.. Enumerable.Range(0, 4000).Select(_ => random.NextSingle() - 0.5f)], out string? note);
        note.ShouldBeNull();
        Read(new float[400], out note).Samples.ShouldAllBe(x => x == 0);
        note.ShouldBeNull();
    }

    private static AudioClip Read(float[] interleaved, out string? note)
    {
        byte[] bytes = (WavBytes.Of(WavEncoding.Float32) with { Channels = 2, Data = [.. interleaved.SelectMany(BitConverter.GetBytes)] }).ToArray();
        var clip = WavReader.Read(new MemoryStream(bytes), "x.wav", out var info);
        note = info.Note;
        return clip;
    }
}
