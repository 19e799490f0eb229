using System.Globalization;
using System.Text;

namespace Mingling;

/// <summary>
/// Text of others (names of files, words, speakers, what a model says) as it may reach a terminal or a page: characters that command a
/// terminal, turn the direction of writing or end a line are shown as <c>\u001b</c>, not sent.
/// </summary>
internal static class ShownText
{
    private const int LongestQuoted = 60;

    /// <summary>The text on one line: line ends and tabs are shown as well.</summary>
    public static string OnOneLine(string text) => Escape(text, keepLines: false);

    /// <summary>What a message quotes of a text that may have any length: its beginning, on one line.</summary>
    public static string Quoted(string text) => OnOneLine(text.Length <= LongestQuoted ? text : text[..LongestQuoted] + "…");

    /// <summary>The text with its line ends and tabs.</summary>
    public static string WithLines(string text) => Escape(text, keepLines: true);

    /// <summary>A cell of a table in Markdown: on one line, and what means something there is escaped.</summary>
    public static string MarkdownCell(string text)
    {
        var cell = new StringBuilder();
        foreach (char c in OnOneLine(text))
        {
            if (c is '|' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '\\') cell.Append('\\');
            cell.Append(c);
        }
        return cell.ToString();
    }

    /// <summary>Whether every character of a text can be shown.</summary>
    public static bool IsPlain(string text) => Escape(text, keepLines: false) == text;

    private static string Escape(string text, bool keepLines)
    {
        int at = 0;
        while (at < text.Length && !MustEscape(text, at, keepLines)) at++;
        if (at == text.Length) return text;
        var shown = new StringBuilder(text, 0, at, text.Length + 32);
        for (; at < text.Length; at++)
        {
            if (MustEscape(text, at, keepLines)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            else shown.Append(text[at]);
        }
        return shown.ToString();
    }

    private static bool MustEscape(string text, int at, bool keepLines) => text[at] switch
    {
        '\n' or '\r' or '\t' => !keepLines,
        < ' ' or (>= '\u007F' and <= '\u009F') => true,
        // Marks and controls of direction, ends of lines and paragraphs, invisible operators, the byte order mark. Joiners belong to words.
        '\u061C' or '\u200B' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF' => true,
        >= '\uFFF9' and <= '\uFFFB' => true,
        >= '\uD800' and <= '\uDBFF' => at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]) || IsTag(text, at),
        >= '\uDC00' and <= '\uDFFF' => at == 0 || !char.IsHighSurrogate(text[at - 1]) || IsTag(text, at - 1),
        _ => false,
    };

    /// <summary>Whether a character is one of the invisible tags at U+E0000.</summary>
    private static bool IsTag(string text, int at) => char.ConvertToUtf32(text[at], text[at + 1]) is >= 0xE0000 and <= 0xE007F;
}
