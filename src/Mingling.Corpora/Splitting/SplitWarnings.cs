namespace Mingling.Corpora.Splitting;

/// <summary>What users are told about splits, in words.</summary>
internal static class SplitWarnings
{
    private const int NamedAtMost = 5;

    /// <summary>Some clips of a corpus with known speakers have none.</summary>
    public static Remark SomeUnknownSpeakers(int unknown, int clips) =>
        new("split.some-unknown", $"The speaker of {unknown} of {clips} clips is unknown; these were drawn clip by clip, so that a voice may be on both sides.", ("unknown", unknown), ("clips", clips));

    /// <summary>Recordings that several speakers share tie them together, so that a side has another number of speakers.</summary>
    public static Remark MissedShare(Split side, int got, int wanted) =>
        new("split.missed-share", $"There {(got == 1 ? "is 1 speaker" : $"are {got} speakers")} for {Name(side)} instead of {wanted}, because speakers with equal recordings "
            + "stay together; look for files that were copied from one speaker to another.", ("got", got), ("side", Side(side)), ("wanted", wanted));

    /// <summary>Clips were drawn one by one.</summary>
    public static Remark DrawnByClip(bool wantedSpeakers, int speakers) =>
        !wantedSpeakers ? new("split.by-clip", "Validation was drawn clip by clip as asked; expect its figures to be 1 to 2 points too good for new speakers.")
        : speakers == 0 ? new("split.unknown-speakers", "Speakers are unknown, so validation was drawn clip by clip; the same voices are on both sides, "
            + "and its figures will be 1 to 2 points too good.")
        : new("split.few-speakers", $"There are too few speakers ({speakers}) to keep them apart, so validation was drawn clip by clip; "
            + "its figures will be too good for new speakers.", ("n", speakers));

    /// <summary>What is wrong with finished splits: classes that are missing from a side, speakers on two.</summary>
    public static IEnumerable<Remark> Find(CorpusSplits splits)
    {
        var classes = Enum.GetValues<Split>().SelectMany(splits.Of).Select(clip => clip.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var split in Enum.GetValues<Split>().Where(split => splits.Of(split).Count > 0))
        {
            var there = splits.Of(split).Select(clip => clip.Label).ToHashSet();
            var missing = classes.FindAll(label => !there.Contains(label));
            if (missing.Count > 0)
                yield return new Remark("split.missing", $"There is no clip of {Some(missing)} for {Name(split)}.", ("words", missing), ("side", Side(split)));
        }
        var shared = SharedSpeakers(splits);
        if (shared.Count > 0)
        {
            yield return new Remark("split.shared", $"{Some(shared)} {(shared.Count == 1 ? "speaks" : "speak")} in more than one split; "
                + "expect figures that are too good for new speakers.", ("speakers", shared));
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

    /// <summary>A split as a remark of its own, for other languages.</summary>
    public static Remark Side(Split split) => split switch
    {
        Split.Train => new("split.training", Name(split)),
        Split.Validation => new("split.validation", Name(split)),
        _ => new("split.test", Name(split)),
    };

    /// <summary>Names in ordinal order.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    /// <summary>The first few of several names.</summary>
    public static string Some(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(NamedAtMost).Select(name => $"'{name}'"))
        + (names.Count > NamedAtMost ? $" and {names.Count - NamedAtMost} more" : "");
}
