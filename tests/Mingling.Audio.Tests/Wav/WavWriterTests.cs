using CsCheck;

namespace Mingling.Audio.Tests.Wav;

/// <summary>Writing, mostly as the inverse of reading.</summary>
public sealed class WavWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mingling-wav").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WavEncoding.Pcm8)]
    [InlineData(WavEncoding.Pcm16)]
    [InlineData(WavEncoding.Pcm24)]
    [InlineData(WavEncoding.Float32)]
    [InlineData(WavEncoding.Float64)]
    [InlineData(WavEncoding.ALaw)]
    [InlineData(WavEncoding.MuLaw)]
    public void WavWriter_what_was_read_is_written_back_bit_for_bit(WavEncoding encoding) =>
        Gen.Byte.Array[1, 500].Sample(raw =>
        {
            byte[] data = encoding is WavEncoding.Float32 or WavEncoding.Float64 ? Floats(encoding, raw) : raw;
            byte[] whole = data[..(data.Length / WavSamples.BytesPerSample(encoding) * WavSamples.BytesPerSample(encoding))];
            if (whole.Length == 0)
                return;
            var clip = WavReader.Read((WavBytes.Of(encoding) with { Data = whole }).ToArray(), "x.wav");

            byte[] written = Written(clip, encoding);

            int start = written.Length - whole.Length - whole.Length % 2;
            // Mu-law has two codes for zero, of which the positive one (0xFF) is written.
            byte[] expected = encoding == WavEncoding.MuLaw ? [.. whole.Select(code => code == 0x7F ? (byte)0xFF : code)] : whole;
            written.AsSpan(start, whole.Length).SequenceEqual(expected).ShouldBeTrue();
            WavReader.Read(written, "y.wav").Samples.ShouldBe(clip.Samples);
        });

    [Fact]
    public void WavWriter_32_bit_keeps_the_bits_of_a_float()
    {
        float[] samples = [-1, -0.3333f, 1e-5f, 0.7071068f];

        WavReader.Read(Written(new AudioClip(samples, 8000), WavEncoding.Pcm32), "x.wav").Samples.ShouldBe(samples, 1 / 2147483648f);
    }

    [Fact]
    public void WavWriter_16_bit_file_has_the_canonical_bytes() =>
        Written(new AudioClip([0.5f, -1], 16000), WavEncoding.Pcm16)
            .ShouldBe(new WavBytes { Data = WavBytes.Int16(16384, -32768) }.ToArray());

    [Theory]
    [InlineData(WavEncoding.Pcm8, 127 / 128f, -1f)]
    [InlineData(WavEncoding.Pcm16, 32767 / 32768f, -1f)]
    [InlineData(WavEncoding.Pcm24, 8388607 / 8388608f, -1f)]
    [InlineData(WavEncoding.Pcm32, 1f, -1f)]
    [InlineData(WavEncoding.Float32, 1.5f, -2f)]
    [InlineData(WavEncoding.ALaw, 32256 / 32768f, -32256 / 32768f)]
    [InlineData(WavEncoding.MuLaw, 32124 / 32768f, -32124 / 32768f)]
    public void WavWriter_samples_beyond_full_scale_are_clamped_where_integers_are_stored(WavEncoding encoding, float high, float low) =>
        WavReader.Read(Written(new AudioClip([1.5f, -2], 8000), encoding), "x.wav").Samples.ShouldBe([high, low]);

    [Fact]
    public void WavWriter_file_is_replaced_and_nothing_else_is_left()
    {
        string path = Path.Combine(_folder, "x.wav");
        WavWriter.Write(path, new AudioClip([0.25f], 8000));
        WavWriter.Write(path, new AudioClip([0.5f], 16000));

        var clip = AudioFile.Read(path);

        (clip.Samples.Single(), clip.SampleRate).ShouldBe((0.5f, 16000));
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public void WavWriter_failure_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(_folder, "x.wav");
        WavWriter.Write(path, new AudioClip([0.25f], 8000));

        Should.Throw<ArgumentException>(() => WavWriter.Write(path, new AudioClip([0, float.NaN], 8000))).Message.ShouldContain("Sample 1");

        AudioFile.Read(path).Samples.ShouldBe([0.25f]);
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public void WavWriter_empty_clip_is_refused() =>
        Should.Throw<ArgumentException>(() => WavWriter.Write(new MemoryStream(), new AudioClip([], 8000))).Message.ShouldContain("at least one");

    private static byte[] Floats(WavEncoding encoding, byte[] raw) => encoding == WavEncoding.Float32
        ? [.. raw.SelectMany(value => BitConverter.GetBytes(value / 77f - 1.3f))]
        : [.. raw.SelectMany(value => BitConverter.GetBytes((double)(value / 77f - 1.3f)))];

    private static byte[] Written(AudioClip clip, WavEncoding encoding)
    {
        using var stream = new MemoryStream();
        WavWriter.Write(stream, clip, encoding);
        return stream.ToArray();
    }
}
