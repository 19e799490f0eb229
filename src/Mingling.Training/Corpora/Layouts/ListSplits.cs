namespace Mingling.Training.Corpora.Layouts;

/// <summary>Applies the lists of the splits to the clips that a layout found.</summary>
internal static class ListSplits
{
    /// <summary>
    /// Each listed clip gets its list's split, and its class where the list names one. Clips in no list are left out where there
    /// is a list of training clips; else they are the training clips (as in Google Speech Commands). Of several entries for one
    /// file the first counts.
    /// </summary>
    public static void Apply(SoundFolder folder, IReadOnlyList<ListFile> lists, CorpusDraft draft)
    {
        if (lists.Count == 0)
            return;
        var found = draft.Clips.ToDictionary(clip => clip.Name, StringComparer.Ordinal);
        var listed = new Dictionary<string, (CorpusClip Clip, string List)>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            foreach (var entry in list.Entries)
                Apply(entry, list);
        }
        var others = draft.Clips.Where(clip => !listed.ContainsKey(clip.Name)).ToList();
        if (lists.Any(list => list.Split == Split.Train))
        {
            draft.Unlisted = others.Count;
            others.Clear();
        }
        var clips = listed.Values.Select(entry => entry.Clip).Concat(others.Select(clip => clip with { Split = Split.Train })).ToList();
        clips.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        draft.Replace(clips);

        void Apply(ListEntry entry, ListFile list)
        {
            var where = $"{list.FileName}, line {entry.Line}";
            if (Resolve(folder, list, entry.File) is not { } file)
                draft.Skip(where, $"names '{entry.File}', which is no sound file of the corpus");
            else if (listed.TryGetValue(file.Name, out var earlier))
                draft.Skip(where, $"names '{entry.File}' again, after {earlier.List}; the first entry counts");
            else if (found.TryGetValue(file.Name, out var clip) && (entry.Label ?? clip.Label).Length == 0)
                draft.Skip(where, $"names '{entry.File}' without a class");
            else if (clip is not null)
                listed.Add(file.Name, (clip with { Label = entry.Label ?? clip.Label, Split = list.Split }, list.FileName));
        }
    }

    private static SoundFile? Resolve(SoundFolder folder, ListFile list, string entry)
    {
        var name = entry.Replace('\\', '/');
        while (name.StartsWith("./", StringComparison.Ordinal))
            name = name[2..];
        return folder.Find(name) ?? folder.Find(FromListFolder(folder, list, name));
    }

    private static string FromListFolder(SoundFolder folder, ListFile list, string name)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(list.Path)!, name));
        return Path.GetRelativePath(folder.Root, path).Replace(Path.DirectorySeparatorChar, '/');
    }
}
