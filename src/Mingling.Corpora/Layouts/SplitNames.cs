namespace Mingling.Corpora.Layouts;

/// <summary>The names under which lists, folders and manifests speak of the splits.</summary>
internal static class SplitNames
{
    private static readonly (Split Split, string[] Names)[] Known =
    [
        (Split.Train, ["train", "training"]),
        (Split.Validation, ["validation", "val", "valid", "validate", "dev", "devel", "development"]),
        (Split.Test, ["test", "testing", "eval", "evaluation"]),
    ];

    /// <summary>The split of a name in any case, or null.</summary>
    public static Split? Parse(string name)
    {
        foreach (var (split, names) in Known)
        {
            if (names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase))
                return split;
        }
        return null;
    }

    /// <summary>The file names that a split's list may have: <c>val.csv</c>, <c>validation_list.txt</c> and so on.</summary>
    public static IEnumerable<string> ListFiles(Split split) =>
        from known in Known
        where known.Split == split
        from name in known.Names
        from ending in (string[])[".csv", "_list.csv", ".tsv", "_list.tsv", "_list.txt", ".txt"]
        select name + ending;
}
