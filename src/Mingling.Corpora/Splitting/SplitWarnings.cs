namespace Mingling.Corpora.Splitting;

/// <summary>What users are told about splits, in words.</summary>
internal static class SplitWarnings
{
    private const int NamedAtMost = 5;

    /// <summary>Some clips of a corpus with known speakers have none.</summary>
    public static string SomeUnknownSpeakers(int unknown, int clips) =>
        $"The speaker of {unknown} of {clips} clips is unknown; these were drawn clip by clip, so that a voice may be on both sides.";

    /// <summary>Recordings that several speakers share tie them together, so that a side has another number of speakers.</summary>
    public static string MissedShare(Split side, int got, int wanted) =>
        $"There {(got == 1 ? "is 1 speaker" : $"are {got} speakers")} for {Name(side)} instead of {wanted}, because speakers with equal recordings "
        + "stay together; look for files that were copied from one speaker to another.";

    /// <summary>Clips were drawn one by one.</summary>
    public static string DrawnByClip(bool wantedSpeakers, int speakers) =>
        !wantedSpeakers ? "Validation was drawn clip by clip as asked; expect its figures to be 1 to 2 points too good for new speakers."
        : speakers == 0 ? "Speakers are unknown, so validation was drawn clip by clip; the same voices are on both sides, "
            + "and its figures will be 1 to 2 points too good."
        : $"There are too few speakers ({speakers}) to keep them apart, so validation was drawn clip by clip; "
            + "its figures will be too good for new speakers.";

    /// <summary>What is wrong with finished splits: classes that are missing from a side, speakers on two.</summary>
    public static IEnumerable<string> Find(CorpusSplits splits)
    {
        var classes = Enum.GetValues<Split>().SelectMany(splits.Of).Select(clip => clip.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var split in Enum.GetValues<Split>().Where(split => splits.Of(split).Count > 0))
        {
            var there = splits.Of(split).Select(clip => clip.Label).ToHashSet();
            var missing = classes.FindAll(label => !there.Contains(label));
            if (missing.Count > 0)
                yield return $"There is no clip of {Some(missing)} for {Name(split)}.";
        }
        var shared = SharedSpeakers(splits);
        if (shared.Count > 0)
        {
            yield return $"{Some(shared)} {(shared.Count == 1 ? "speaks" : "speak")} in more than one split; "
                + "expect figures that are too good for new speakers.";
        }
    }

    /// <summary>The speakers that are in more than one split, in ordinal order.</summary>
    public static List<string> SharedSpeakers(CorpusSplits splits) =>
    [
        .. Enum.GetValues<Split>()
            .SelectMany(split => splits.Of(split).Select(clip => clip.Speaker).OfType<string>().Distinct())
            .CountBy(speaker => speaker)
            .Where(sides => sides.Value > 1)
            .Select(sides => sides.Key)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A split in words.</summary>
    public static string Name(Split split) => split switch
    {
        Split.Train => "training",
        Split.Validation => "validation",
        _ => "the test",
    };

    /// <summary>The first few of several names.</summary>
    public static string Some(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(NamedAtMost).Select(name => $"'{name}'"))
        + (names.Count > NamedAtMost ? $" and {names.Count - NamedAtMost} more" : "");
}
