using System.Globalization;
using System.Text;

namespace Mingling.Boards.Source;

/// <summary>Numbers, texts and tables as C99.</summary>
internal static class CText
{
    private const int LongestLine = 120;

    /// <summary>A float with all of its digits.</summary>
    public static string Number(float value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().IndexOfAny(".E") < 0 ? digits + ".0f" : digits + "f";
    }

    /// <summary>A double with all of its digits.</summary>
    public static string Number(double value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().IndexOfAny(".E") < 0 ? digits + ".0" : digits;
    }

    /// <summary>A text in quotation marks, in UTF-8; what is not plain ASCII as octal numbers, which no compiler misreads.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            bool isPlain = unit is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'\\' or (byte)'?');
            quoted.Append(isPlain ? ((char)unit).ToString() : $"\\{System.Convert.ToString(unit, 8).PadLeft(3, '0')}");
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A text as it may stand in a comment.</summary>
    public static string Comment(string text) => ShownText.OnOneLine(text).Replace("*/", "* /", StringComparison.Ordinal).Replace("/*", "/ *", StringComparison.Ordinal);

    /// <summary>A table of floats.</summary>
    public static string Table(string name, ReadOnlySpan<float> values) => Table("float", name, [.. values.ToArray().Select(Number)]);

    /// <summary>A table of whole numbers of a type.</summary>
    public static string Table<T>(string type, string name, ReadOnlySpan<T> values) where T : IFormattable => Table(type, name, [.. values.ToArray().Select(value => value.ToString(null, CultureInfo.InvariantCulture))]);

    /// <summary>A table of anything.</summary>
    public static string Table(string type, string name, string[] values)
    {
        var table = new StringBuilder($"static const {type} {name}[{values.Length}] = {{\n");
        var line = new StringBuilder();
        foreach (string value in values)
        {
            if (line.Length + value.Length + 2 > LongestLine)
            {
                table.Append("    ").Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear();
            }
            line.Append(value).Append(", ");
        }
        return table.Append("    ").Append(line.ToString().TrimEnd()).Append("\n};\n").ToString();
    }
}
