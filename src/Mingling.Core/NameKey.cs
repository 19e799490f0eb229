namespace Mingling;

/// <summary>Names that are one to people: they differ by normal form, case or blanks alone.</summary>
internal static class NameKey
{
    /// <summary>The name as it is kept: composed, without blanks around it and with one blank for several within.</summary>
    public static string Tidy(string name)
    {
        string composed = CanonicalComposition.Compose(name);
        return composed.Any(char.IsWhiteSpace) ? string.Join(' ', composed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : composed;
    }

    /// <summary>What names that are one to people have in common; for comparisons, not to be shown.</summary>
    public static string Of(string name) => Tidy(name).ToUpperInvariant();

    /// <summary>Groups of different names that are one to people, in ordinal order.</summary>
    public static IEnumerable<string[]> Alike(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal).GroupBy(Of)
        .Select(group => group.Order(StringComparer.Ordinal).ToArray()).Where(group => group.Length > 1).OrderBy(group => group[0], StringComparer.Ordinal);
}
