namespace Mingling.Architecture.Tests;

/// <summary>Finds namespaces that refer to each other in a circle.</summary>
internal static class NamespaceCycles
{
    /// <summary>The references between types that keep namespaces in circles, as "one uses another"; empty where there is no circle.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyCollection<TypeReference> references)
    {
        var across = references.Where(reference => reference.From.Namespace != reference.To.Namespace).ToList();
        var next = across.ToLookup(reference => reference.From.Namespace, reference => reference.To.Namespace);
        return
        [
            .. across.Where(reference => Reaches(reference.To.Namespace, reference.From.Namespace, []))
                .Select(reference => $"{reference.From} uses {reference.To}").Order(StringComparer.Ordinal),
        ];

        bool Reaches(string from, string to, HashSet<string> seen) =>
            from == to || (seen.Add(from) && next[from].Any(name => Reaches(name, to, seen)));
    }
}
