using System.Text.Unicode;

namespace Mingling.Audio;

/// <summary>The format of a file, detected by its first bytes and not by its name.</summary>
/// <param name="Name">The format's name, as in a sentence "x is FLAC".</param>
/// <param name="IsSound">It is a sound format that can be read, if only where libsndfile is installed.</param>
internal sealed record ContentKind(string Name, bool IsSound)
{
    /// <summary>The number of bytes that detection reads.</summary>
    public const int HeaderSize = 64;

    /// <summary>What can be read without libsndfile, to which a file of this kind can be converted.</summary>
    public string ReadWithout { get; init; } = "WAV";

    public static readonly ContentKind Wav = new("WAV", IsSound: true);

    private static readonly ContentKind Empty = new("empty", IsSound: false);
    private static readonly ContentKind Text = new("text", IsSound: false);
    private static readonly ContentKind Unknown = new("unknown", IsSound: false);
    private static readonly ContentKind Flac = new("FLAC", IsSound: true);
    private static readonly ContentKind Vorbis = new("Ogg Vorbis", IsSound: true);
    private static readonly ContentKind Opus = new("Opus", IsSound: true);
    private static readonly ContentKind Mp3 = new("MP3", IsSound: true);
    private static readonly ContentKind Aiff = new("AIFF", IsSound: true);
    private static readonly ContentKind Au = new("AU", IsSound: true);
    private static readonly ContentKind Caf = new("CAF", IsSound: true);
    private static readonly ContentKind Sphere = new("NIST SPHERE", IsSound: true);
    private static readonly ContentKind Wave64 = new("Wave64", IsSound: true);
    private static readonly ContentKind OtherRiff = new("RIFF without WAVE content", IsSound: false);
    private static readonly ContentKind Mp4 = new("MP4", IsSound: false);
    private static readonly ContentKind Matroska = new("Matroska or WebM", IsSound: false);

    /// <summary>Detects the format of content.</summary>
    /// <param name="header">The file's first <see cref="HeaderSize"/> bytes, or all it has.</param>
    public static ContentKind Detect(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty)
            return Empty;
        if (IsRiff(header))
            return header.Length >= 12 && header[8..].StartsWith("WAVE"u8) ? Wav : OtherRiff;
        if (header.StartsWith("fLaC"u8))
            return Flac;
        if (header.StartsWith("OggS"u8))
            return header.IndexOf("OpusHead"u8) >= 0 ? Opus : Vorbis;
        if (header.StartsWith("ID3"u8) || IsMpegFrame(header))
            return Mp3;
        if (header.StartsWith("FORM"u8) && header.Length >= 12 && header[8..].StartsWith("AIF"u8))
            return Aiff;
        if (header.StartsWith(".snd"u8))
            return Au;
        if (header.StartsWith("caff"u8))
            return Caf;
        if (header.StartsWith("NIST_1A"u8))
            return Sphere;
        if (header.StartsWith("riff"u8) && header[4..].StartsWith((ReadOnlySpan<byte>)[0x2E, 0x91, 0xCF, 0x11]))
            return Wave64;
        if (header.Length >= 8 && header[4..].StartsWith("ftyp"u8))
            return Mp4;
        if (header.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return Matroska;
        return IsText(header) ? Text : Unknown;
    }

    /// <summary>One sentence that says why the content cannot be read as sound.</summary>
    public Remark WhyNoSound(string name)
    {
        if (this == Empty)
            return new Remark("sound.empty", $"{name} is empty (0 bytes); a sound file has a header and samples.", ("name", name));
        if (this == Text)
            return new Remark("sound.text", $"{name} is not a sound file (it begins with text).", ("name", name));
        if (this == Unknown)
            return new Remark("sound.unknown", $"{name} is not a sound file of a known format (WAV, FLAC, Ogg Vorbis, Opus, MP3, AIFF, AU, CAF, NIST SPHERE, Wave64).", ("name", name));
        return new Remark("sound.other", $"{name} is {Name}, which cannot be read; convert it to WAV or FLAC.", ("name", name), ("format", Name));
    }

    private static bool IsRiff(ReadOnlySpan<byte> header) =>
        header.StartsWith("RIFF"u8) || header.StartsWith("RIFX"u8) || header.StartsWith("RF64"u8) || header.StartsWith("BW64"u8);

    /// <summary>The 11 set bits an MPEG frame begins with, of layer III, with a bit rate and sample rate that exist.</summary>
    private static bool IsMpegFrame(ReadOnlySpan<byte> header) =>
        header.Length >= 3
        && header[0] == 0xFF && (header[1] & 0xE0) == 0xE0
        && (header[1] & 0x06) == 0x02
        && (header[2] & 0xF0) != 0xF0 && (header[2] & 0x0C) != 0x0C;

    private static bool IsText(ReadOnlySpan<byte> header)
    {
        foreach (byte value in header)
        {
            if (value is < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n') or 0x7F)
                return false;
        }
        // The header may end within a character of up to 4 bytes.
        for (int cut = 0; cut < 4 && cut < header.Length; cut++)
        {
            if (Utf8.IsValid(header[..^cut]))
                return true;
        }
        return false;
    }
}
