using System.Text;

namespace Mingling.Corpora.Shards;

/// <summary>Makes equal names of words and speakers one text in memory: a million clips have few of them.</summary>
internal sealed class NamePool
{
    private const int MostCharacters = 256;

    private readonly Dictionary<string, string> _names;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NamePool()
    {
        _names = new Dictionary<string, string>(StringComparer.Ordinal);
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The text of a field of an index.</summary>
    public string Of(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty) return "";
        if (field.Length > MostCharacters || field.Contains((byte)'\\')) return Of(Plain(field));
        Span<char> text = stackalloc char[MostCharacters];
        text = text[..Encoding.UTF8.GetChars(field, text)];
        if (_lookup.TryGetValue(text, out string? known)) return known;
        return Of(text.ToString());
    }

    /// <summary>A field without its escapes.</summary>
    public static string Plain(ReadOnlySpan<byte> field)
    {
        string text = Encoding.UTF8.GetString(field);
        if (!text.Contains('\\')) return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length) plain.Append(text[i]);
            else
            {
                plain.Append(text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
            }
        }
        return plain.ToString();
    }

    private string Of(string name) => _names.TryGetValue(name, out string? known) ? known : _names[name] = name;
}
