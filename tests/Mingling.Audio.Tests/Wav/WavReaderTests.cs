using System.Buffers.Binary;

namespace Mingling.Audio.Tests.Wav;

/// <summary>What WAV files hold, of every encoding and layout.</summary>
public class WavReaderTests
{
    private static readonly byte[] PcmGuid = [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    public static TheoryData<WavEncoding, byte[], float[]> KnownSamples => new()
    {
        { WavEncoding.Pcm8, [0, 64, 128, 255], [-1, -0.5f, 0, 127 / 128f] },
        { WavEncoding.Pcm16, [0x00, 0x80, 0x00, 0x40, 0xFF, 0x7F], [-1, 0.5f, 32767 / 32768f] },
        { WavEncoding.Pcm24, [0x00, 0x00, 0x80, 0x01, 0x00, 0x00, 0xFF, 0xFF, 0xFF], [-1, 1 / 8388608f, -1 / 8388608f] },
        { WavEncoding.Pcm32, [0, 0, 0, 0x80, 0, 0, 0, 0x20, 0, 0, 0, 0xF0], [-1, 0.25f, -0.125f] },
        { WavEncoding.Float32, [0, 0, 0, 0x3F, 0, 0, 0xC0, 0xBF], [0.5f, -1.5f] },
        { WavEncoding.Float64, [0, 0, 0, 0, 0, 0, 0xE0, 0x3F, 0, 0, 0, 0, 0, 0, 0xF4, 0xBF], [0.5f, -1.25f] },
        { WavEncoding.ALaw, [0xD5, 0x55, 0xAA, 0x2A], [8 / 32768f, -8 / 32768f, 32256 / 32768f, -32256 / 32768f] },
        { WavEncoding.MuLaw, [0xFF, 0x7F, 0x80, 0x00], [0, 0, 32124 / 32768f, -32124 / 32768f] },
    };

    [Theory]
    [MemberData(nameof(KnownSamples))]
    public void WavReader_each_encoding_gives_known_samples(WavEncoding encoding, byte[] data, float[] expected)
    {
        var clip = Read(WavBytes.Of(encoding) with { Data = data, Rate = 8000 });

        clip.Samples.ShouldBe(expected);
        clip.SampleRate.ShouldBe(8000);
    }

    [Theory]
    [InlineData(WavEncoding.Pcm8, "PCM 8")]
    [InlineData(WavEncoding.Pcm16, "PCM 16")]
    [InlineData(WavEncoding.Pcm24, "PCM 24")]
    [InlineData(WavEncoding.Pcm32, "PCM 32")]
    [InlineData(WavEncoding.Float32, "float 32")]
    [InlineData(WavEncoding.Float64, "float 64")]
    [InlineData(WavEncoding.ALaw, "A-law")]
    [InlineData(WavEncoding.MuLaw, "mu-law")]
    public void WavReader_each_encoding_says_how_it_was_stored(WavEncoding encoding, string name)
    {
        byte[] bytes = (WavBytes.Of(encoding) with { Channels = 2, Rate = 44100, Data = new byte[64] }).ToArray();

        WavReader.Read(new MemoryStream(bytes), "x.wav", out var info);

        info.ShouldBe(new AudioFileInfo(44100, 2, name, 32 / WavSamples.BytesPerSample(encoding)));
    }

    [Fact]
    public void WavReader_several_channels_are_mixed_to_their_mean() =>
        Read(new WavBytes { Channels = 3, Data = WavBytes.Int16(300, 600, -300, -3, 0, 0) }).Samples.ShouldBe([200 / 32768f, -1 / 32768f]);

    [Fact]
    public void WavReader_extensible_format_is_read_by_its_sub_format()
    {
        byte[] extension = [22, 0, 20, 0, 4, 0, 0, 0, .. PcmGuid];

        Read(new WavBytes { Tag = 0xFFFE, Bits = 24, FormatExtension = extension, Data = [0, 0, 0x40] }).Samples.ShouldBe([0.5f]);
    }

    [Fact]
    public void WavReader_big_endian_file_gives_the_same_samples()
    {
        byte[] data = WavBytes.Int16(1000, -2000, 3000);
        byte[] reversed = [.. data.Chunk(2).SelectMany(sample => sample.Reverse())];

        Read(new WavBytes { Riff = "RIFX", Data = reversed }).Samples.ShouldBe(Read(new WavBytes { Data = data }).Samples);
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void WavReader_long_file_takes_its_size_from_ds64(string riff)
    {
        byte[] sizes = new byte[28];
        BinaryPrimitives.WriteUInt64LittleEndian(sizes.AsSpan(8), 4);
        var wav = new WavBytes
        {
            Riff = riff,
            RiffSize = uint.MaxValue,
            DataSize = uint.MaxValue,
            BeforeFormat = new WavBytes().Chunk("ds64", sizes),
            Data = WavBytes.Int16(1, 2, 3, 4),
        };

        Read(wav).Samples.ShouldBe([1 / 32768f, 2 / 32768f]);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7FFF0000u)]
    [InlineData(0x80000000u)]
    public void WavReader_unknown_data_size_reads_what_is_there(uint size)
    {
        var wav = new WavBytes { Data = WavBytes.Int16(5, 6, 7), DataSize = size };

        Read(wav).Samples.ShouldBe([5 / 32768f, 6 / 32768f, 7 / 32768f]);
        WavReader.Read(new ForwardOnlyStream(wav.ToArray()), "pipe").Samples.Length.ShouldBe(3);
    }

    [Fact]
    public void WavReader_chunks_around_the_data_are_passed_over_with_their_pad_bytes()
    {
        var plain = new WavBytes();
        var wav = plain with
        {
            BeforeFormat = plain.Chunk("bext", [1, 2, 3]),
            BeforeData = [.. plain.Chunk("LIST", new byte[10_001]), .. plain.Chunk("fact", new byte[4])],
            Data = WavBytes.Int16(9, 10),
            AfterData = plain.Chunk("id3 ", [1, 2, 3, 4, 5]),
        };

        Read(wav).Samples.ShouldBe([9 / 32768f, 10 / 32768f]);
        WavReader.Read(new ForwardOnlyStream(wav.ToArray()), "pipe").Samples.Length.ShouldBe(2);
    }

    [Fact]
    public void WavReader_truncated_last_frame_is_dropped() =>
        Read(new WavBytes { Channels = 2, Data = [.. WavBytes.Int16(2, 4, 6), 1] }).Samples.ShouldBe([3 / 32768f]);

    [Theory]
    [InlineData(5u)]
    [InlineData(7u)]
    public void WavReader_file_cut_within_its_last_frame_is_read(uint announced) =>
        Read(new WavBytes { Channels = 2, Data = WavBytes.Int16(2, 4), DataSize = announced }).Samples.ShouldBe([3 / 32768f]);

    [Fact]
    public void WavReader_clip_longer_than_a_buffer_is_read_to_its_end()
    {
        short[] samples = [.. Enumerable.Range(0, 100_000).Select(i => (short)(i % 30_011))];
        float[] expected = [.. samples.Select(sample => sample / 32768f)];
        var wav = new WavBytes { Data = WavBytes.Int16(samples) };

        Read(wav).Samples.ShouldBe(expected);
        WavReader.Read(new ForwardOnlyStream(wav.ToArray()), "pipe").Samples.ShouldBe(expected);
    }

    private static AudioClip Read(WavBytes wav) => WavReader.Read(wav.ToArray(), "x.wav");
}
