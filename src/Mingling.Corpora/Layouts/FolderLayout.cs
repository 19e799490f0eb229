namespace Mingling.Corpora.Layouts;

/// <summary>One folder for each class; what lies deeper belongs to it. Folders of splits may stand above and below (<see cref="SplitFolders"/>).</summary>
internal static class FolderLayout
{
    /// <summary>Whether most files lie in folders.</summary>
    public static bool Fits(SoundFolder folder) => folder.Files.Count(file => file.Name.Contains('/')) * 2 > folder.Files.Count;

    /// <summary>Adds the files of all classes.</summary>
    public static void Read(SoundFolder folder, CorpusDraft draft)
    {
        var splits = SplitFolders.Of(folder);
        var taken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in folder.Files)
        {
            var (folders, split) = splits.Read(file);
            if (folders.Length == 0)
            {
                draft.Skip(file.Name, new Remark("problem.outside", "lies outside the class folders, so that its class is unknown"));
                continue;
            }
            if (SplitNames.Parse(folders[0]) is not null) taken.Add(folders[0]);
            draft.Add(file, folders[0], split: split);
        }
        foreach (string name in taken)
            draft.Warn(new Remark("corpus.word-like-split", $"The folder '{name}' is named like a split and taken for a word, because of what lies in it; if it is a split, put folders of the words into it, or use --pattern with {{split}}.", ("word", name)));
    }
}
