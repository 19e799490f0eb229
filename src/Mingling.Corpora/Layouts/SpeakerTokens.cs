namespace Mingling.Corpora.Layouts;

/// <summary>Finds the speaker in names such as <c>cancel/00000030_NO_01.wav</c>, where no rule says which part it is.</summary>
/// <remarks>
/// 1. Of each name the class folder, the ending and a leading class name are dropped, and the rest is cut into parts at
///    <c>_</c>, <c>-</c>, <c>/</c>, <c>.</c>, blanks and parentheses.
/// 2. The n-th parts of all names, for each of the first four n, are a candidate when 95 % of the names have an n-th part, it
///    takes at least two values but at most one for every two clips, and four in five clips have a value that occurs in more
///    than one class: one speaker says many words. Names of splits are no speakers.
/// 3. A candidate looks like an index when its values, without the letters they all begin with, are numbers from 0 or 1
///    upwards, at most half of them missing. An index recurs across classes just as a speaker does.
/// 4. The speaker is the first candidate that does not look like an index; else the first of two or more candidates (speaker
///    before index, as in 00000030_NO_01); else nobody knows: a single index is a count of recordings.
/// </remarks>
internal static class SpeakerTokens
{
    private const int MaximumPart = 4;
    private const double PresentShare = 0.95;
    private const double RecurringShare = 0.8;

    /// <summary>The clips with their speakers, or as they were where no part of the names convinces.</summary>
    public static List<CorpusClip> Assign(IReadOnlyList<CorpusClip> clips)
    {
        var parts = clips.Select(Parts).ToList();
        var candidates = Enumerable.Range(0, MaximumPart).Where(at => IsCandidate(clips, parts, at)).ToList();
        int? chosen = candidates.Where(at => !LooksLikeIndex(parts, at)).Select(at => (int?)at).FirstOrDefault()
            ?? (candidates.Count > 1 ? candidates[0] : null);
        return [.. clips.Select((clip, i) => chosen is { } at && at < parts[i].Length ? clip with { Speaker = parts[i][at] } : clip)];
    }

    private static string[] Parts(CorpusClip clip)
    {
        string[] folders = clip.Name.Split('/');
        int folder = Array.FindIndex(folders, 0, folders.Length - 1, name => NameKey.Tidy(name) == NameKey.Tidy(clip.Label));
        // A folder of a split below the word is no part of the name.
        var below = folders.Skip(folder + 1).Where((name, i) => clip.Split is null || i == folders.Length - folder - 2 || SplitNames.Parse(name) is null);
        string rest = Path.ChangeExtension(string.Join('/', below), null);
        if (rest.StartsWith(clip.Label, StringComparison.OrdinalIgnoreCase))
            rest = rest[clip.Label.Length..];
        return rest.Split(['_', '-', '/', '.', ' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsCandidate(IReadOnlyList<CorpusClip> clips, List<string[]> parts, int at)
    {
        var clipsOf = Enumerable.Range(0, clips.Count).Where(i => at < parts[i].Length).ToLookup(i => parts[i][at]);
        int present = clipsOf.Sum(value => value.Count());
        int recurring = clipsOf.Where(value => value.Select(i => clips[i].Label).Distinct().Count() > 1).Sum(value => value.Count());
        return present >= PresentShare * clips.Count
            && !clipsOf.All(value => SplitNames.Parse(value.Key) is not null)
            && clipsOf.Count >= 2 && clipsOf.Count * 2 <= clips.Count
            && recurring >= RecurringShare * present;
    }

    private static bool LooksLikeIndex(List<string[]> parts, int at)
    {
        var values = parts.Where(part => at < part.Length).Select(part => part[at]).Distinct().ToList();
        int letters = values[0].TakeWhile(char.IsLetter).Count();
        string prefix = values[0][..letters];
        var numbers = new HashSet<int>();
        foreach (string? value in values)
        {
            if (!value.StartsWith(prefix, StringComparison.Ordinal) || !int.TryParse(value[letters..], out int number))
                return false;
            numbers.Add(number);
        }
        return numbers.Min() is 0 or 1 && numbers.Max() <= 2 * numbers.Count;
    }
}
