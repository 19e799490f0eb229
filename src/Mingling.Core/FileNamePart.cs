using System.Text;

namespace Mingling;

/// <summary>Words and other texts as a part of the name of a file that every system can have, whatever system makes it: folders are carried from one to another.</summary>
internal static class FileNamePart
{
    /// <summary>
    /// File systems have names of 255 bytes and Windows paths of 260 characters, and with score, time and ending the studio's page asks for names of
    /// 80. The beginning of a word tells which it is.
    /// </summary>
    private const int MostBytes = 48;

    /// <summary>Names of devices, which Windows takes for them with any ending.</summary>
    private static readonly HashSet<string> Devices = new(
        ["con", "prn", "aux", "nul", "conin$", "conout$", .. "0123456789¹²³".SelectMany(number => new[] { $"com{number}", $"lpt{number}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether Windows keeps a name for itself.</summary>
    public static bool IsDevice(string name) => Devices.Contains(name.Split('.')[0].TrimEnd(' '));

    /// <summary>The text as a whole name, of a folder: also without a dot or blank at its end, and no device.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public static string Whole(string text, char instead)
    {
        string name = Of(text, instead).TrimEnd('.', ' ');
        return name.Length == 0 || IsDevice(name) ? $"{instead}{name}" : name;
    }

    /// <summary>The text without what a name cannot have: separators, signs that Windows keeps for itself, controls, half characters, a dot at its beginning, too great a length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instead">What stands for a character that cannot be.</param>
    /// <param name="separator">A character that separates the parts of the name, and that a part therefore does not have.</param>
    public static string Of(string text, char instead, char? separator = null)
    {
        var part = new StringBuilder();
        int bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bool isFit = rune != Rune.ReplacementChar && !(rune.IsBmp && IsUnfit((char)rune.Value, part.Length == 0)) && ShownText.IsPlain(rune.ToString());
            bytes += isFit ? rune.Utf8SequenceLength : 1;
            if (bytes > MostBytes) break;
            if (isFit) part.Append(rune);
            else part.Append(instead);
        }
        return part.Length > 0 ? part.ToString() : $"{instead}";

        bool IsUnfit(char c, bool isFirst) => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || c == separator || (isFirst && c == '.');
    }
}
