using System.Buffers.Binary;
using System.Text;
using Mingling.Audio;

namespace Mingling.Recognition.Streaming.Sources;

/// <summary>
/// Sound from a pipe: raw 16-bit samples whose rate must be stated, or WAV of 16-bit samples with one channel, whose header states it
/// (what <c>arecord -f S16_LE</c> writes).
/// </summary>
public static class PcmInput
{
    private const int RiffHeader = 12, ChunkHeader = 8, LargestChunk = 1 << 20;

    private static readonly string[] UsualChunks = ["fmt ", "data", "LIST", "fact"];

    // A program that writes to a pipe cannot go back to fill in the size; it leaves 0 or about the largest possible number.
    private const uint UnknownSize = 0x7FFF_F000;

    private static readonly (byte[] Begin, string Name)[] OtherFormats =
        [("fLaC"u8.ToArray(), "FLAC"), ("OggS"u8.ToArray(), "Ogg"), ("ID3"u8.ToArray(), "MP3"), ("RF64"u8.ToArray(), "RF64"), ("RIFX"u8.ToArray(), "RIFX")];

    /// <summary>Reads the header, where there is one, and gives what follows.</summary>
    /// <param name="stream">The bytes, from their beginning; stays open.</param>
    /// <param name="sampleRate">The rate (Hz) that the user states; null for none.</param>
    /// <exception cref="SampleStreamException">
    /// Neither header nor caller states a rate, they state different ones, the rate is outside <see cref="SampleRates"/>, the sound is of another
    /// format, the header announces samples other than 16-bit mono, or more than the file holds.
    /// </exception>
    public static PcmSource Open(Stream stream, int? sampleRate)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] first = new byte[RiffHeader];
        int read = stream.ReadAtLeast(first, RiffHeader, throwOnEndOfStream: false);
        if (!first.AsSpan(0, read).StartsWith("RIFF"u8) || !first.AsSpan(8).SequenceEqual("WAVE"u8))
        {
            if (OtherFormats.FirstOrDefault(other => first.AsSpan(0, read).StartsWith(other.Begin)).Name is { } name)
                throw new SampleStreamException($"The sound is {name}; send raw 16-bit samples or WAV, or name the file itself.");
            return sampleRate is { } stated
                ? new PcmSource(stream, Checked(stated), first.AsSpan(0, read))
                : throw new SampleStreamException("Raw sound does not tell its rate; state it, or send WAV.");
        }

        (int rate, uint size) = Header(stream);
        if (size < UnknownSize && stream.CanSeek && stream.Length - stream.Position < size)
            throw new SampleStreamException("The sound is shorter than its header says: the file was cut off.");
        return sampleRate is null || sampleRate == rate
            ? new PcmSource(stream, Checked(rate), length: size is 0 or >= UnknownSize ? null : size)
            : throw new SampleStreamException($"The header of the sound says {rate} Hz where {sampleRate} were stated; leave out the rate, or state the right one.");
    }

    private static int Checked(int rate) => SampleRates.Include(rate)
        ? rate
        : throw new SampleStreamException($"The sound has {rate} Hz; a stream has {SampleRates.Range}.");

    /// <summary>Reads all chunks up to the samples: their rate, and their size in bytes.</summary>
    private static (int Rate, uint Size) Header(Stream stream)
    {
        int rate = 0;
        bool afterOdd = false;
        while (true)
        {
            byte[] header = Read(stream, ChunkHeader);
            // A pad byte follows odd content; where it was left out, the name of the next chunk stands there.
            if (afterOdd && !UsualChunks.Contains(Encoding.ASCII.GetString(header, 0, 4))) header = [.. header[1..], .. Read(stream, 1)];
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
            if (header.AsSpan(0, 4).SequenceEqual("data"u8))
                return rate > 0 ? (rate, size) : throw new SampleStreamException("The header of the sound has no format before the samples; send WAV as arecord writes it.");
            if (size > LargestChunk) throw new SampleStreamException("The header of the sound is damaged; send WAV as arecord writes it.");
            byte[] content = Read(stream, (int)size);
            afterOdd = size % 2 != 0;
            if (header.AsSpan(0, 4).SequenceEqual("fmt "u8)) rate = Format(content);
        }
    }

    private static int Format(byte[] content)
    {
        try
        {
            var format = WavFormat.Parse(content, bigEndian: false, "The sound");
            return format is { Encoding: WavEncoding.Pcm16, Channels: 1 }
                ? format.SampleRate
                : throw new SampleStreamException($"The sound has {format.Channels} channels of {8 * format.BytesPerSample} bits ({format.EncodingName}); send one channel of 16-bit samples (arecord -f S16_LE -c 1).");
        }
        catch (AudioFormatException e)
        {
            throw new SampleStreamException(e.Message, e);
        }
    }

    private static byte[] Read(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new SampleStreamException("The sound stops within its header.");
    }
}
