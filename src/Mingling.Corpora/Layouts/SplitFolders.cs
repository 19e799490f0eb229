namespace Mingling.Corpora.Layouts;

/// <summary>
/// Tells folders that are named like splits from folders of words and of speakers.
/// 1. The top folders are splits where all of them are named so and have folders below.
/// 2. Beside folders of words, a top folder named like a split is one where most of its folders are named like those words.
/// 3. Below the words, a level of folders is splits where all of its names are.
/// </summary>
internal sealed class SplitFolders
{
    private readonly HashSet<string> _tops;
    private readonly HashSet<int> _levels;

    private SplitFolders(HashSet<string> tops, HashSet<int> levels) => (_tops, _levels) = (tops, levels);

    /// <summary>Whether any folder is a split.</summary>
    public bool HasAny => _tops.Count + _levels.Count > 0;

    /// <summary>Looks at all folders of a corpus.</summary>
    public static SplitFolders Of(SoundFolder folder)
    {
        var folders = folder.Files.Select(file => file.Name.Split('/')[..^1]).Where(parts => parts.Length > 0 && parts[0] != CorpusClip.NoiseLabel).ToList();
        var tops = Tops(folders);
        var below = folders.Select(parts => tops.Contains(parts[0]) ? parts[1..] : parts).ToList();
        int deepest = below.Select(parts => parts.Length).DefaultIfEmpty().Max();
        var levels = Enumerable.Range(1, Math.Max(0, deepest - 1)).Where(level =>
            below.Where(parts => parts.Length > level).All(parts => SplitNames.Parse(parts[level]) is not null));
        return new SplitFolders(tops, [.. levels]);
    }

    /// <summary>The folders of a file without those that are splits, and the split.</summary>
    public (string[] Folders, Split? Split) Read(SoundFile file)
    {
        string[] parts = file.Name.Split('/')[..^1];
        Split? split = null;
        if (parts.Length > 0 && _tops.Contains(parts[0]))
        {
            split = SplitNames.Parse(parts[0]);
            parts = parts[1..];
        }
        split ??= parts.Where((_, level) => _levels.Contains(level)).Select(SplitNames.Parse).FirstOrDefault();
        return ([.. parts.Where((_, level) => !_levels.Contains(level))], split);
    }

    private static HashSet<string> Tops(List<string[]> folders)
    {
        var byTop = folders.GroupBy(parts => parts[0]).ToList();
        var named = byTop.Where(top => SplitNames.Parse(top.Key) is not null && top.All(parts => parts.Length > 1)).ToList();
        var words = byTop.Select(top => top.Key).Except(named.Select(top => top.Key)).ToHashSet(StringComparer.Ordinal);
        return [.. named.Where(top => words.Count == 0 || AreWords(top, words)).Select(top => top.Key)];
    }

    private static bool AreWords(IEnumerable<string[]> folders, HashSet<string> words)
    {
        var names = folders.Select(parts => parts[1]).Distinct().ToList();
        return names.Count(words.Contains) * 2 > names.Count;
    }
}
