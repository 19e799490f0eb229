using System.Text;

namespace Mingling.Corpora.Layouts;

/// <summary>One row of a table: the line it starts on, counted from 1, and its fields.</summary>
internal sealed record DelimitedRow(int Line, IReadOnlyList<string> Fields);

/// <summary>
/// Comma-separated values as in RFC 4180: fields in double quotes may hold commas, line ends and doubled quotes. Where the first line has
/// tabs, these separate the fields, and quotes count only around a whole field. Lines may end in LF, CR LF or CR; empty lines are skipped.
/// </summary>
internal static class DelimitedText
{
    /// <summary>Whether a file is a table by its name.</summary>
    public static bool IsTable(string path) => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".tab";

    /// <summary>All rows of the text of a file.</summary>
    /// <exception cref="CorpusException">A quoted field is never closed, or the first row has semicolons for commas.</exception>
    public static List<DelimitedRow> ReadAll(string path, string text)
    {
        try
        {
            List<DelimitedRow> rows = [.. Read(text)];
            return rows is [{ Fields: [var only] }, ..] && only.Contains(';') && !SoundFolder.IsSound(only)
                ? throw new CorpusException($"The table '{path}' separates its columns by semicolons; commas are expected.")
                : rows;
        }
        catch (FormatException e)
        {
            throw new CorpusException($"The table '{path}' cannot be read: {e.Message}.", e);
        }
    }

    private static IEnumerable<DelimitedRow> Read(string text)
    {
        int at = 0;
        int line = 1;
        char separator = text.AsSpan(0, EndOfFirstLine(text)).Contains('\t') ? '\t' : ',';
        while (at < text.Length)
        {
            int startLine = line;
            var fields = new List<string>();
            bool more;
            do
            {
                fields.Add(separator == '\t' ? ReadTabbed(text, ref at) : ReadField(text, ref at, ref line));
                more = at < text.Length && text[at] == separator;
                if (more)
                    at++;
            }
            while (more);
            SkipLineEnd(text, ref at, ref line);
            if (fields is not [var only] || only.Length > 0)
                yield return new DelimitedRow(startLine, fields);
        }
    }

    private static int EndOfFirstLine(string text) => text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length;

    private static string ReadTabbed(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is not ('\t' or '\r' or '\n'))
            at++;
        string field = text[start..at].Trim();
        return field is ['"', .., '"'] ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;
    }

    private static string ReadField(string text, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '"')
            return ReadQuoted(text, ref at, ref line);
        int start = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            at++;
        return text[start..at].Trim();
    }

    private static string ReadQuoted(string text, ref int at, ref int line)
    {
        int startLine = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                bool doubled = at + 1 < text.Length && text[at + 1] == '"';
                if (!doubled)
                    break;
                at++;
            }
            else if (text[at] == '\n')
            {
                line++;
            }
            field.Append(text[at]);
        }
        if (at == text.Length)
            throw new FormatException($"line {startLine} opens a quoted field that is never closed");
        at++;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            field.Append(text[at++]);
        return field.ToString();
    }

    private static void SkipLineEnd(string text, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '\r')
            at++;
        if (at < text.Length && text[at] == '\n')
            at++;
        line++;
    }
}
