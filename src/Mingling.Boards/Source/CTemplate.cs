using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Mingling.Boards.Source;

/// <summary>
/// The C that is the same for every model, in the files of the folder C: names that begin with <c>BOARD_</c> or <c>board_</c> get the name of
/// the model, and of the alternatives of <c>#if BOARD_…</c> the one that holds is left.
/// </summary>
internal static partial class CTemplate
{
    /// <summary>Makes the C of a template.</summary>
    /// <param name="file">The file of the template.</param>
    /// <param name="name">The name of the model, a C identifier.</param>
    /// <param name="constants">What the conditions ask for, without the prefix; those that are missing are 0.</param>
    public static string Render(string file, string name, IReadOnlyDictionary<string, double> constants) => Named(Chosen(Read(file), constants), name);

    /// <summary>The names of a model in place of those of a template.</summary>
    public static string Named(string text, string name) =>
        Prefix().Replace(text, match => match.Value is "board_" || char.IsLower(text[match.Index + match.Length]) ? name + "_" : name.ToUpperInvariant() + "_");

    private static string Read(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static string Chosen(string text, IReadOnlyDictionary<string, double> constants)
    {
        // For each condition around a line: whether its present part holds, whether an earlier one did, and whether it stays in the C.
        var around = new Stack<(bool Holds, bool Held, bool IsKept)>();
        var lines = new List<string>();
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("#if BOARD_", StringComparison.Ordinal) || line.StartsWith("#if !BOARD_", StringComparison.Ordinal))
            {
                bool holds = Holds(line[4..], constants);
                around.Push((holds, holds, false));
                continue;
            }
            if (line.StartsWith("#if", StringComparison.Ordinal)) around.Push((true, true, true));
            if (line.StartsWith('#') && around.TryPeek(out var inner) && !inner.IsKept && Next(line, inner, constants) is { } next)
            {
                around.Pop();
                if (next.Ends) continue;
                around.Push((next.Holds, inner.Held || next.Holds, false));
                continue;
            }
            if (around.All(condition => condition.Holds)) lines.Add(line);
            if (line.StartsWith("#endif", StringComparison.Ordinal)) around.Pop();
        }
        return ManyEmptyLines().Replace(string.Join('\n', lines), "\n\n");
    }

    private static (bool Holds, bool Ends)? Next(string line, (bool Holds, bool Held, bool IsKept) present, IReadOnlyDictionary<string, double> constants)
    {
        if (line.StartsWith("#elif ", StringComparison.Ordinal)) return (!present.Held && Holds(line[6..], constants), false);
        if (line.StartsWith("#else", StringComparison.Ordinal)) return (!present.Held, false);
        return line.StartsWith("#endif", StringComparison.Ordinal) ? (false, true) : null;
    }

    /// <summary>Terms such as <c>BOARD_A</c>, <c>!BOARD_A</c> and <c>BOARD_A == 2</c>, of which one must hold.</summary>
    private static bool Holds(string condition, IReadOnlyDictionary<string, double> constants) => condition.Split("||").Any(term =>
    {
        string[] sides = term.Split("==", StringSplitOptions.TrimEntries);
        string name = sides[0].TrimStart('!')["BOARD_".Length..];
        double value = constants.GetValueOrDefault(name);
        if (sides.Length > 1) return value.Equals(double.Parse(sides[1], CultureInfo.InvariantCulture));
        return sides[0].StartsWith('!') ? value == 0 : value != 0;
    });

    [GeneratedRegex(@"\b(BOARD_|board_)")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyEmptyLines();
}
