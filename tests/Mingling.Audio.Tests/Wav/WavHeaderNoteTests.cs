namespace Mingling.Audio.Tests.Wav;

/// <summary>Headers that disagree with what is there, and are read all the same, with a note.</summary>
public class WavHeaderNoteTests
{
    private static readonly byte[] Data = WavBytes.Int16(5, 6, 7);
    private static readonly float[] Samples = [5 / 32768f, 6 / 32768f, 7 / 32768f];

    /// <summary>The length counts the headers too, all of them or those after "RIFF".</summary>
    [Theory]
    [InlineData(6u + 44)]
    [InlineData(6u + 36)]
    public void WavReader_data_size_that_counts_the_headers_is_read(uint announced)
    {
        Read(new WavBytes { Data = Data, DataSize = announced }, $"announces {announced} bytes of sound and has 6, though nothing is missing");
        Read(new WavBytes { Data = Data, DataSize = announced, RiffSize = announced + 36 }, "nothing is missing");
    }

    [Theory]
    [InlineData(8u)]
    [InlineData(100u)]
    [InlineData(1_000_000u)]
    public void WavReader_data_size_that_the_first_header_contradicts_is_read(uint announced) =>
        Read(new WavBytes { Data = Data, DataSize = announced }, $"announces {announced} bytes of sound and has 6");

    [Fact]
    public void WavReader_longer_headers_count_as_long_as_they_are()
    {
        byte[] before = new WavBytes().Chunk("LIST", new byte[20]);
        Read(new WavBytes { BeforeData = before, Data = Data, DataSize = 6 + 44 + 28, RiffSize = 99_999 }, "nothing is missing");
        Should.Throw<AudioFormatException>(() => WavReader.Read(
            new WavBytes { BeforeData = before, Data = Data, DataSize = 6 + 44, RiffSize = 99_999 }.ToArray(), "x")).Message.ShouldContain("cut short");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(65535)]
    public void WavReader_wrong_frame_size_is_passed_over(ushort blockAlign) => Read(
        new WavBytes { BlockAlign = blockAlign, Data = Data }, $"declares frames of {blockAlign} bytes where 1 channel of PCM 16 take 2");

    [Theory]
    [InlineData("inst", 7)]
    [InlineData("LIST", 1)]
    [InlineData("xyzw", 33)]
    public void WavReader_odd_chunk_without_its_pad_byte_is_passed_over(string id, int length)
    {
        byte[] chunk = new WavBytes().Chunk(id, [.. Enumerable.Range(1, length).Select(i => (byte)i)])[..^1];
        Read(new WavBytes { BeforeData = chunk, Data = Data }, "has a chunk of odd length without its pad byte");
        Read(new WavBytes { BeforeFormat = chunk, Data = Data }, "has a chunk of odd length without its pad byte");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x41)]
    public void WavReader_odd_chunk_with_any_pad_byte_is_read_without_a_note(byte pad)
    {
        byte[] chunk = [.. new WavBytes().Chunk("inst", new byte[7])[..^1], pad];
        Read(new WavBytes { BeforeData = [.. chunk, .. chunk], Data = Data }, null);
    }

    [Fact]
    public void WavReader_right_header_has_no_note() => Read(new WavBytes { Data = Data, AfterData = new WavBytes().Chunk("LIST", new byte[5]) }, null);

    private static void Read(WavBytes wav, string? note)
    {
        foreach (var stream in new Stream[] { new MemoryStream(wav.ToArray()), new ForwardOnlyStream(wav.ToArray()) })
        {
            WavReader.Read(stream, "x.wav", out var info).Samples.ShouldBe(Samples);
            if (note is null) info.Note.ShouldBeNull();
            else info.Note.ShouldNotBeNull().ShouldContain(note);
        }
    }
}
