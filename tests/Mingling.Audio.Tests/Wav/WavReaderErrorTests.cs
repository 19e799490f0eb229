using System.Buffers.Binary;
using System.Text;

namespace Mingling.Audio.Tests.Wav;

/// <summary>Content that is no readable WAV: one sentence that names the file and what is wrong.</summary>
public class WavReaderErrorTests
{
    private static readonly byte[] OneSample = WavBytes.Int16(1);

    [Fact]
    public void WavReader_empty_file_is_refused() => Refusal([]).ShouldContain("is empty");

    [Fact]
    public void WavReader_text_is_refused_as_text() =>
        Refusal(Encoding.UTF8.GetBytes("كلمة: this is a label, not a recording")).ShouldContain("begins with text");

    [Fact]
    public void WavReader_other_sound_format_is_refused_by_its_name() =>
        Refusal([.. "fLaC"u8, 0, 0, 0, 34, 0, 0, 0, 0]).ShouldContain("is FLAC, not WAV");

    [Fact]
    public void WavReader_other_riff_is_refused() => Refusal([.. "RIFF"u8, 4, 0, 0, 0, .. "AVI "u8]).ShouldContain("without WAVE");

    [Fact]
    public void WavReader_unknown_bytes_are_refused() => Refusal([0, 1, 2, 3, 0xFE, 0, 0, 0, 0, 0, 0, 0, 0]).ShouldContain("not a sound file");

    [Fact]
    public void WavReader_file_cut_before_the_data_is_refused() =>
        Refusal(new WavBytes { Data = OneSample }.ToArray()[..36]).ShouldContain("ends before its WAV data chunk");

    /// <summary>A file that was whole before it was cut: both its sizes tell how long it was.</summary>
    [Theory]
    [InlineData(8u)]
    [InlineData(1_000_000u)]
    [InlineData(0x7FFEFFFFu)]
    public void WavReader_file_cut_within_the_data_is_refused(uint announced)
    {
        byte[] bytes = new WavBytes { Data = WavBytes.Int16(5, 6, 7), DataSize = announced, RiffSize = announced + 36 }.ToArray();

        Refusal(bytes).ShouldContain($"is cut short: its header announces {announced} bytes of sound, 6 are there");
        Should.Throw<AudioFormatException>(() => WavReader.Read(new ForwardOnlyStream(bytes), "pipe")).Message.ShouldContain("cut short");
    }

    [Fact]
    public void WavReader_long_file_cut_within_the_data_is_refused()
    {
        byte[] sizes = new byte[28];
        BinaryPrimitives.WriteUInt64LittleEndian(sizes.AsSpan(8), 1UL << 33);
        Refusal(new WavBytes
        {
            Riff = "RF64",
            DataSize = uint.MaxValue,
            BeforeFormat = new WavBytes().Chunk("ds64", sizes),
            Data = OneSample,
        }).ShouldContain("announces 8589934592 bytes of sound, 2 are there");
    }

    [Fact]
    public void WavReader_data_before_the_format_is_refused() =>
        Refusal(new WavBytes { BeforeFormat = new WavBytes().Chunk("data", OneSample), Data = OneSample }).ShouldContain("before its format");

    [Fact]
    public void WavReader_no_samples_are_refused() => Refusal(new WavBytes()).ShouldContain("holds no samples");

    [Fact]
    public void WavReader_chunk_after_empty_data_is_not_taken_for_sound() =>
        Refusal(new WavBytes { AfterData = new WavBytes().Chunk("LIST", new byte[100]) }).ShouldContain("holds no samples");

    [Fact]
    public void WavReader_less_than_one_frame_is_refused() =>
        Refusal(new WavBytes { Channels = 2, Data = OneSample }).ShouldContain("holds no samples");

    [Fact]
    public void WavReader_no_channels_are_refused() =>
        Refusal(new WavBytes { Channels = 0, BlockAlign = 2, Data = OneSample }).ShouldContain("0 channels");

    [Theory]
    [InlineData(0u)]
    [InlineData(0x80000000u)]
    public void WavReader_impossible_rate_is_refused(uint rate) =>
        Refusal(new WavBytes { Rate = rate, Data = OneSample }).ShouldContain($"{rate} Hz");

    /// <summary>24 bits in frames of 4 bytes: whether the samples have 3 bytes or 4 is not told.</summary>
    [Fact]
    public void WavReader_frame_size_that_leaves_open_how_samples_lie_is_refused() =>
        Refusal(new WavBytes { Bits = 24, BlockAlign = 4, Data = new byte[24] }).ShouldContain("frames of 4 bytes, but 1 channels of 24 bits take 3");

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 64)]
    [InlineData(3, 16)]
    [InlineData(17, 4)]
    [InlineData(999, 4)]
    public void WavReader_unknown_encoding_is_refused_by_its_number(ushort tag, ushort bits) =>
        Refusal(new WavBytes { Tag = tag, Bits = bits, BlockAlign = 2, Data = OneSample }).ShouldContain($"{bits} bits of format {tag}");

    [Fact]
    public void WavReader_unknown_extensible_sub_format_is_refused() =>
        Refusal(new WavBytes { Tag = 0xFFFE, FormatExtension = new byte[24], Data = OneSample }).ShouldContain("sub-format");

    [Fact]
    public void WavReader_short_format_chunk_is_refused() =>
        Refusal([.. "RIFF"u8, 22, 0, 0, 0, .. "WAVE"u8, .. new WavBytes().Chunk("fmt ", new byte[10])]).ShouldContain("format chunk of 10 bytes");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void WavReader_sample_that_is_no_number_is_refused(float broken)
    {
        byte[] data = [.. new float[] { 0, broken }.SelectMany(BitConverter.GetBytes)];

        Refusal(WavBytes.Of(WavEncoding.Float32) with { Data = data }).ShouldContain("in frame 1");
    }

    [Theory]
    [InlineData(-12345f, "-12345")]
    [InlineData(1e18f, "1E+18")]
    [InlineData(1e38f, "1E+38")]
    public void WavReader_sample_far_beyond_full_scale_is_refused(float absurd, string named)
    {
        byte[] data = [.. new float[] { 0, 0, absurd, -absurd }.SelectMany(BitConverter.GetBytes)];

        Refusal(WavBytes.Of(WavEncoding.Float32) with { Data = data, Channels = 2 }).ShouldContain($"a sample of {named} (in frame 1)");
    }

    [Fact]
    public void WavReader_sample_somewhat_beyond_full_scale_is_read() =>
        WavReader.Read((WavBytes.Of(WavEncoding.Float32) with { Data = BitConverter.GetBytes(-256f) }).ToArray(), "x").Samples.ShouldBe([-256f]);

    [Fact]
    public void WavReader_double_beyond_float_is_refused() =>
        Refusal(WavBytes.Of(WavEncoding.Float64) with { Data = BitConverter.GetBytes(1e300) }).ShouldContain("not a finite number");

    private static string Refusal(WavBytes wav) => Refusal(wav.ToArray());

    private static string Refusal(byte[] bytes)
    {
        string message = Should.Throw<AudioFormatException>(() => WavReader.Read(bytes, "names/x.wav")).Message;
        message.ShouldStartWith("names/x.wav ");
        message.ShouldEndWith(".");
        return message;
    }
}
