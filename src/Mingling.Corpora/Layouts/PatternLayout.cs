namespace Mingling.Corpora.Layouts;

/// <summary>Class and speaker from the names of the files.</summary>
internal static class PatternLayout
{
    /// <summary>The share of names that a pattern must fit to be found out by itself; the rest are problems.</summary>
    private const double ConvincingShare = 0.9;

    /// <summary>The conventions that are tried in turn: first with a speaker, then without.</summary>
    private static readonly string[] Conventions =
    [
        "{label}_{speaker}_{index}", "{label}-{speaker}-{index}", "{label}_{index}", "{label}-{index}",
    ];

    /// <summary>Adds the files that fit the pattern.</summary>
    public static void Read(SoundFolder folder, ClipPattern pattern, CorpusDraft draft)
    {
        foreach (var file in folder.Files)
        {
            if (file.Name.Split('/').Contains(CorpusClip.NoiseLabel))
                draft.Add(file, CorpusClip.NoiseLabel);
            else if (pattern.Match(file) is not { } match)
                draft.Skip(file.Name, new Remark("problem.pattern", $"does not fit the pattern '{pattern.Text}'", ("pattern", pattern.Text)));
            else if (match.Split is not null && SplitNames.Parse(match.Split) is null)
                draft.Skip(file.Name, new Remark("problem.split", $"names the split '{match.Split}', which is not train, validation or test", ("split", match.Split)));
            else
                draft.Add(file, match.Label, match.Speaker, match.Split is null ? null : SplitNames.Parse(match.Split));
        }
    }

    /// <summary>
    /// Finds the convention of the file names. A convention convinces when it fits nine names in ten, its labels are at least
    /// two and recur, and, where it has a speaker, at least half of its speakers say more than one label (in
    /// <c>turn_on_1.wav</c> and <c>turn_off_1.wav</c>, "on" is no speaker).
    /// </summary>
    /// <returns>The pattern, or null where none convinces.</returns>
    public static ClipPattern? Detect(SoundFolder folder) =>
        Conventions.Select(ClipPattern.Parse).FirstOrDefault(pattern => Convinces(folder, pattern));

    private static bool Convinces(SoundFolder folder, ClipPattern pattern)
    {
        var matches = folder.Files.Select(pattern.Match).OfType<PatternMatch>().ToList();
        if (matches.Count < ConvincingShare * folder.Files.Count)
            return false;
        int labels = matches.Select(match => match.Label).Distinct().Count();
        if (labels < 2 || labels > matches.Count / 2)
            return false;
        var speakers = matches.Where(match => match.Speaker is not null).GroupBy(match => match.Speaker).ToList();
        return speakers.Count(clips => clips.DistinctBy(clip => clip.Label).Count() > 1) * 2 >= speakers.Count;
    }
}
