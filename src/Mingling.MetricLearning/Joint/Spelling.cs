namespace Mingling.MetricLearning.Joint;

/// <summary>Helps who mistyped a name.</summary>
internal static class Spelling
{
    private const int MostEdits = 2;

    /// <summary>"did you mean 'x'? It has: …" where a name is near, else the list alone.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known)
    {
        string list = "there are: " + string.Join(", ", known);
        string? nearest = known.MinBy(candidate => Edits(name, candidate));
        return nearest is not null && Edits(name, nearest) <= MostEdits ? $"did you mean '{nearest}'? {char.ToUpperInvariant(list[0])}{list[1..]}" : list;
    }

    // Levenshtein distance, one row at a time.
    private static int Edits(string first, string second)
    {
        int[] row = Enumerable.Range(0, second.Length + 1).ToArray();
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int substitution = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
