using System.Globalization;
using System.Text;

namespace Mingling.Training.Recipes.Toml;

/// <summary>Values as TOML writes them.</summary>
internal static class TomlText
{
    private const int LongestShown = 60;

    /// <summary>A basic string.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A value of a file as a message names it, on one line and not too long.</summary>
    public static string Show(object toml)
    {
        string shown = toml switch
        {
            bool flag => flag ? "true" : "false",
            string text => Quote(text),
            IReadOnlyList<object> items => $"[{string.Join(", ", items.Select(Show))}]",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{toml}",
        };
        return Shorten(shown);
    }

    /// <summary>A name or value of a file, not too long for a message.</summary>
    public static string Shorten(string text, int longest = LongestShown) => text.Length <= longest ? text : text[..longest] + "…";
}
