using System.Text;

namespace Mingling.Tests.Shared;

/// <summary>A text of lines as a file may hold it that somebody wrote by hand, a program wrote wrongly, or a full disk cut: with one of its fields changed, its lines out of order or twice, and cut at any byte.</summary>
internal static class ChangedLines
{
    private static readonly string[] Values =
    [
        "", " ", "null", "true", "-1", "0", "0.5", "1,5", "99999", "1e300", "-1e300", "1e999", "NaN", "inf", "9223372036854775808", "\"", "\"\"", "\"x", "x", "[]", "{}", "[1, 2]", "{a = 1}", "1979-05-27",
        "\0", "\u001b[2J", "\u202Ex", "\uD800", "../../x", "/", new string('9', 400), new string('x', 100_000), new string('[', 5_000),
    ];

    /// <summary>All changed files, as bytes.</summary>
    /// <param name="text">The text, with line feeds.</param>
    /// <param name="separator">What separates the fields of a line.</param>
    public static IEnumerable<byte[]> Of(string text, char separator)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            yield return Bytes([.. lines[..line], .. lines[(line + 1)..]]);
            yield return Bytes([.. lines[..line], lines[line], .. lines[line..]]);
            yield return Bytes([.. lines, lines[line]]);
            string[] fields = lines[line].Split(separator);
            for (int field = 0; field < fields.Length; field++)
            {
                yield return Changed([.. fields[..field], .. fields[(field + 1)..]]);
                yield return Changed([.. fields[..field], fields[field], .. fields[field..]]);
                foreach (string value in Values) yield return Changed([.. fields[..field], value, .. fields[(field + 1)..]]);
            }

            byte[] Changed(string[] parts) => Bytes([.. lines[..line], string.Join(separator, parts), .. lines[(line + 1)..]]);
        }
        byte[] whole = Encoding.UTF8.GetBytes(text);
        for (int length = 0; length < whole.Length; length++) yield return whole[..length];
        foreach (byte wrong in new byte[] { 0, 0x80, 0xFF, (byte)'\n', (byte)'\r' })
        {
            for (int at = 0; at < whole.Length; at++)
            {
                byte[] bytes = [.. whole];
                bytes[at] = wrong;
                yield return bytes;
            }
        }
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            for (int length = 0; length <= bytes.Length; length++) yield return bytes[..length];
        }
        yield return [];
        yield return Bytes([.. Enumerable.Repeat(lines[^1], 50_000)]);
    }

    /// <summary>Requires that a file is read, or refused in one sentence on one line that a terminal can show.</summary>
    /// <returns>Whether it was read.</returns>
    public static bool IsRead<TRefusal>(byte[] file, Action read)
        where TRefusal : Exception
    {
        try
        {
            read();
            return true;
        }
        catch (TRefusal e)
        {
            e.Message.Length.ShouldBeInRange(20, 600);
            e.Message.ShouldNotContain('\n');
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.GetType().Name} ({e.Message}) of {Convert.ToHexString(file.AsSpan(0, Math.Min(300, file.Length)))}", e);
        }
    }

    private static byte[] Bytes(string[] lines)
    {
        // Half a character becomes bytes that are no UTF-8, as a careless program writes it.
        var bytes = new List<byte>();
        foreach (string line in lines)
        {
            foreach (string part in line.Split('\uD800').Index().Select(part => part.Index > 0 ? "\uD800" + part.Item : part.Item))
            {
                if (part.StartsWith('\uD800')) bytes.AddRange([0xED, 0xA0, 0x80]);
                bytes.AddRange(Encoding.UTF8.GetBytes(part.TrimStart('\uD800')));
            }
            bytes.Add((byte)'\n');
        }
        return [.. bytes];
    }
}
