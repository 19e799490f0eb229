namespace Mingling.Audio;

/// <summary>
/// Writes a mono WAV file piece by piece, so that hours of sound need no memory. The bytes are those of <see cref="WavWriter"/> for the whole
/// clip. For one thread at a time.
/// </summary>
public sealed class WavPieceWriter
{
    private readonly Stream _stream;
    private readonly WavFormat _format;
    private readonly long _begin;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">A seekable stream at the place where the file begins; it stays open.</param>
    /// <param name="sampleRate">The rate (Hz), above 0.</param>
    /// <param name="encoding">How to store a sample; 16-bit PCM by default.</param>
    /// <exception cref="ArgumentException">The stream cannot seek, and so the length could not be filled in at the end.</exception>
    public WavPieceWriter(Stream stream, int sampleRate, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        if (!stream.CanSeek) throw new ArgumentException("The length of a WAV file is written at its end; give a stream that can seek.", nameof(stream));
        (_stream, _format, _begin) = (stream, new WavFormat(encoding, Channels: 1, sampleRate), stream.Position);
        WavWriter.WriteHeader(stream, _format, 0);
    }

    /// <summary>How many samples a file holds at most: 4 GiB of them.</summary>
    public long Capacity => (uint.MaxValue - WavWriter.MaxHeaderSize) / _format.BlockAlign;

    /// <summary>How many samples were written.</summary>
    public long Samples { get; private set; }

    /// <summary>Adds the next samples.</summary>
    /// <param name="samples">Any number of samples, all of them finite; beyond ±1 they are clamped to full scale by integer encodings.</param>
    /// <exception cref="ArgumentException">A sample is not finite, or the file would hold more than <see cref="Capacity"/>.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (samples.Length > Capacity - Samples) throw new ArgumentException($"A WAV file holds 4 GiB, here {Capacity} samples; write the sound in parts.", nameof(samples));
        for (int i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i])) throw new ArgumentException($"Sample {Samples + i} is {samples[i]}; samples are finite numbers.", nameof(samples));
        }

        WavWriter.WriteSamples(_stream, _format, samples);
        Samples += samples.Length;
    }

    /// <summary>Ends the file: fills in its length. The stream is left at the end of the file.</summary>
    public void Complete()
    {
        uint size = (uint)(Samples * _format.BlockAlign);
        if (size % 2 != 0) _stream.WriteByte(0);
        long end = _stream.Position;
        _stream.Position = _begin;
        WavWriter.WriteHeader(_stream, _format, size);
        _stream.Position = end;
    }
}
