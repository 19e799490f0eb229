namespace Mingling;

/// <summary>What a user may have meant by a name that is not there.</summary>
internal static class NearNames
{
    private const int Listed = 12;

    /// <summary>
    /// The end of a sentence: the nearest names where they differ in at most a third of the letters, or else what names there are.
    /// </summary>
    public static string Hint(string given, IReadOnlyList<string> names)
    {
        if (Question(given, names) is { } question) return question;
        string more = names.Count > Listed ? $" and {names.Count - Listed} more" : "";
        return $"there are {string.Join(", ", names.Take(Listed))}{more}.";
    }

    /// <summary>
    /// The same with all names in either case, for names that are few and short, and without the full stop: "did you mean 'x'? There are: x, y".
    /// </summary>
    public static string HintWithList(string given, IReadOnlyList<string> names)
    {
        string list = string.Join(", ", names);
        return Question(given, names) is { } question ? $"{question} There are: {list}" : $"there are: {list}";
    }

    /// <summary>"did you mean 'x' or 'y'?" of the nearest names; null where none is near.</summary>
    private static string? Question(string given, IReadOnlyList<string> names)
    {
        var nearest = names.GroupBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant())).MinBy(group => group.Key);
        return nearest?.Key <= Math.Max(1, (given.Length + 1) / 3) ? $"did you mean {string.Join(" or ", nearest.Select(name => $"'{name}'"))}?" : null;
    }

    /// <summary>The fewest letters to insert, delete or replace (Levenshtein 1966).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int k = 0; k < b.Length; k++)
            {
                int replaced = diagonal + (a[i] == b[k] ? 0 : 1);
                diagonal = row[k + 1];
                row[k + 1] = Math.Min(replaced, 1 + Math.Min(row[k], diagonal));
            }
        }
        return row[^1];
    }
}
