using System.Text;

namespace Mingling.Boards.Source;

/// <summary>What the parts of a source add to it: tables, definitions, conditions of templates, and the bytes that tables take.</summary>
internal sealed class SourceParts
{
    private readonly StringBuilder _definitions = new(), _tables = new();

    /// <summary>What the conditions of the templates ask for.</summary>
    public Dictionary<string, double> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary><c>#define</c> lines.</summary>
    public string Definitions => _definitions.ToString();

    /// <summary>Tables.</summary>
    public string Tables => _tables.ToString();

    /// <summary>The bytes of all tables.</summary>
    public int TableBytes { get; private set; }

    /// <summary>Defines a number, also for conditions.</summary>
    public void Define(string name, long value, string? comment = null)
    {
        Conditions[name] = value;
        Line(name, value < 0 ? $"({value})" : $"{value}", comment);
    }

    /// <summary>Defines a float.</summary>
    public void Define(string name, float value, string? comment = null) => Line(name, value < 0 ? $"({CText.Number(value)})" : CText.Number(value), comment);

    /// <summary>Defines a double.</summary>
    public void Define(string name, double value, string? comment = null) => Line(name, CText.Number(value), comment);

    /// <summary>Adds a comment above what follows.</summary>
    public void Comment(string text) => _tables.Append("/* ").Append(CText.Comment(text)).Append(" */\n");

    /// <summary>Adds a table of floats.</summary>
    public void Table(string name, ReadOnlySpan<float> values)
    {
        _tables.Append(CText.Table(name, values)).Append('\n');
        TableBytes += sizeof(float) * values.Length;
    }

    /// <summary>Adds a table of whole numbers.</summary>
    public void Table<T>(string type, string name, ReadOnlySpan<T> values) where T : unmanaged, IFormattable
    {
        _tables.Append(CText.Table(type, name, values)).Append('\n');
        TableBytes += System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * values.Length;
    }

    /// <summary>Adds a table that is written already.</summary>
    public void Raw(string table, int bytes)
    {
        _tables.Append(table).Append('\n');
        TableBytes += bytes;
    }

    private void Line(string name, string value, string? comment) => _definitions.Append($"#define BOARD_{name} {value}").Append(comment is null ? "\n" : $" /* {comment} */\n");
}
