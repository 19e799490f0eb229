using System.Text;

namespace Mingling;

/// <summary>
/// Reads text files of users: UTF-8 with or without its mark, and UTF-16, with the line ends of any system. Other encodings are refused rather
/// than read with replaced letters.
/// </summary>
internal static class TextFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, with line feeds at the ends of its lines.</summary>
    /// <exception cref="InvalidDataException">It is in another encoding; the message is a clause that names the first bad line and what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static string Read(string path) => Decode(File.ReadAllBytes(path));

    /// <summary>The text of the bytes of a file.</summary>
    /// <inheritdoc cref="Read" path="/exception[@cref='InvalidDataException']"/>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf16(bytes) is { } utf16)
        {
            try
            {
                return WithLineFeeds(utf16.GetString(bytes));
            }
            catch (DecoderFallbackException e)
            {
                throw new InvalidDataException("it is not whole UTF-16; save it as UTF-8", e);
            }
        }
        try
        {
            return WithLineFeeds(StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            throw new InvalidDataException($"line {line} is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8')", e);
        }
    }

    private static string WithLineFeeds(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>UTF-16 by its mark, or by the zeros that letters of ASCII have in it; null for any other encoding.</summary>
    private static UnicodeEncoding? Utf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return null;
        bool isMarkedLittle = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]), isMarkedBig = bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        bool isLittle = isMarkedLittle || (bytes[0] != 0 && bytes[1] == 0), isBig = isMarkedBig || (bytes[0] == 0 && bytes[1] != 0);
        return isLittle || isBig ? new UnicodeEncoding(bigEndian: isBig, byteOrderMark: false, throwOnInvalidBytes: true) : null;
    }
}
