using Mingling.Tests.Shared;

namespace Mingling.Audio.Tests.Wav;

/// <summary>Damaged files: they are read or refused, within memory in proportion to their size.</summary>
public class WavReaderFuzzTests
{
    private const int FilesPerEncoding = 3000;

    /// <summary>A float (4 bytes) for every byte, twice while a buffer grows, and an exception.</summary>
    private const int BytesPerByte = 12;
    private const int FixedBytes = 64 * 1024;

    [Theory]
    [InlineData(WavEncoding.Pcm8)]
    [InlineData(WavEncoding.Pcm16)]
    [InlineData(WavEncoding.Pcm24)]
    [InlineData(WavEncoding.Pcm32)]
    [InlineData(WavEncoding.Float32)]
    [InlineData(WavEncoding.Float64)]
    [InlineData(WavEncoding.ALaw)]
    [InlineData(WavEncoding.MuLaw)]
    public void WavReader_damaged_file_is_read_or_refused_in_bounded_memory(WavEncoding encoding)
    {
        var random = new Random(20 + (int)encoding);
        int refused = 0;
        for (int i = 0; i < FilesPerEncoding; i++)
        {
            byte[] bytes = Damage(Valid(encoding, random), random);
            bool forwardOnly = random.Next(2) != 0;
            AudioClip? clip = null;

            Allocations.Least(() => clip = ReadOrRefuse(forwardOnly ? new ForwardOnlyStream(bytes) : new MemoryStream(bytes)), rounds: 3)
                .ShouldBeLessThan(FixedBytes + BytesPerByte * bytes.Length);
            if (clip is null)
                refused++;
            else
                (clip.Samples.Length <= bytes.Length && Array.TrueForAll(clip.Samples, float.IsFinite)).ShouldBeTrue();
        }
        // Damage both hits and misses what matters, or this would test nothing.
        refused.ShouldBeInRange(FilesPerEncoding / 20, FilesPerEncoding * 19 / 20);
    }

    private static AudioClip? ReadOrRefuse(Stream stream)
    {
        try
        {
            return WavReader.Read(stream, "x.wav");
        }
        catch (AudioFormatException)
        {
            return null;
        }
    }

    private static byte[] Valid(WavEncoding encoding, Random random)
    {
        byte[] data = new byte[random.Next(1, 3000)];
        if (encoding is not (WavEncoding.Float32 or WavEncoding.Float64))
            random.NextBytes(data);
        var plain = new WavBytes();
        return (WavBytes.Of(encoding) with
        {
            Riff = random.Next(4) switch { 0 => "RIFX", 1 => "RF64", _ => "RIFF" },
            Channels = (ushort)random.Next(1, 4),
            BeforeData = random.Next(2) == 0 ? plain.Chunk("LIST", new byte[random.Next(50)]) : [],
            Data = data,
            AfterData = random.Next(2) == 0 ? plain.Chunk("id3 ", new byte[random.Next(50)]) : [],
        }).ToArray();
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        const int header = 60;
        int changes = random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            int at = random.Next(random.Next(3) == 0 ? bytes.Length : Math.Min(header, bytes.Length));
            bytes[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
