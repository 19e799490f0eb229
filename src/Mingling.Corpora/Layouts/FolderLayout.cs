namespace Mingling.Corpora.Layouts;

/// <summary>One folder for each class; what lies deeper belongs to it. Folders named like splits may stand above the classes.</summary>
internal static class FolderLayout
{
    /// <summary>Whether most files lie in folders.</summary>
    public static bool Fits(SoundFolder folder) => folder.Files.Count(file => file.Name.Contains('/')) * 2 > folder.Files.Count;

    /// <summary>Adds the files of all classes.</summary>
    public static void Read(SoundFolder folder, CorpusDraft draft)
    {
        bool underSplits = LiesUnderSplits(folder);
        foreach (var file in folder.Files)
        {
            string[] parts = file.Name.Split('/');
            int classAt = underSplits && parts[0] != CorpusClip.NoiseLabel ? 1 : 0;
            if (parts.Length < classAt + 2)
                draft.Skip(file.Name, "lies outside the class folders, so that its class is unknown");
            else
                draft.Add(file, parts[classAt], split: underSplits ? SplitNames.Parse(parts[0]) : null);
        }
    }

    /// <summary>Whether the top folders are splits: at least two of them, none with another name, classes below.</summary>
    private static bool LiesUnderSplits(SoundFolder folder)
    {
        var inFolders = folder.Files.Select(file => file.Name.Split('/'))
            .Where(parts => parts.Length > 1 && parts[0] != CorpusClip.NoiseLabel).ToList();
        return inFolders.Select(parts => parts[0]).Distinct().Count() >= 2
            && inFolders.TrueForAll(parts => parts.Length > 2 && SplitNames.Parse(parts[0]) is not null);
    }
}
