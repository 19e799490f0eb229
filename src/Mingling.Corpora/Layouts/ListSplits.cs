namespace Mingling.Corpora.Layouts;

/// <summary>Applies the lists of the splits to the clips that a layout found.</summary>
internal static class ListSplits
{
    /// <summary>
    /// Each listed clip gets its list's split, and its class where the list names one; excerpts, of which a file may hold several
    /// classes, keep theirs. Clips in no list are left out where there is a list of training clips; else they keep a split of
    /// their own that no list is for, and the rest are for training (as in Google Speech Commands). Of several entries for one
    /// file the first counts.
    /// </summary>
    /// <param name="root">The folder that names are relative to.</param>
    /// <param name="files">The names of all sound files that lists may name, noise and unusable ones included.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="draft">The clips.</param>
    /// <exception cref="CorpusException">A list that the user names gives no clip at all.</exception>
    public static void Apply(string root, IReadOnlySet<string> files, IReadOnlyList<ListFile> lists, CorpusDraft draft)
    {
        if (lists.Count == 0)
            return;
        var found = draft.Clips.ToLookup(clip => clip.Name, StringComparer.Ordinal);
        var listed = new Dictionary<string, (IReadOnlyList<CorpusClip> Clips, ListFile List)>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            foreach (var entry in list.Entries)
                Apply(entry, list);
            if (list.IsNamed && !listed.Values.Any(entry => entry.List == list))
                throw new CorpusException(
                    $"The list '{list.Path}' gives no clip; its paths are relative to '{root}' or to its own folder, "
                    + "and a file counts for the first list that names it.");
        }
        var others = draft.Clips.Where(clip => !listed.ContainsKey(clip.Name)).ToList();
        if (lists.Any(list => list.Split == Split.Train))
        {
            draft.Unlisted = others.Select(clip => clip.Name).Distinct().Count();
            others.Clear();
        }
        var kept = Enum.GetValues<Split>().Except(lists.Select(list => list.Split)).ToHashSet();
        var rest = others.Select(clip => clip with { Split = clip.Split is { } own && kept.Contains(own) ? own : Split.Train });
        var clips = listed.Values.SelectMany(entry => entry.Clips).Concat(rest).ToList();
        clips.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        draft.Replace(clips);

        void Apply(ListEntry entry, ListFile list)
        {
            string where = $"{list.FileName}, line {entry.Line}";
            if (entry.File.Contains('\0'))
                draft.Skip(where, Remark.Plain("names a path with a zero character, which no path has"));
            else if (Resolve(root, files, list, entry.File) is not { } file)
                draft.Skip(where, new Remark("problem.no-such-file", $"names '{entry.File}', which is no sound file of the corpus", ("file", entry.File)));
            else if (listed.TryGetValue(file, out var earlier))
                draft.Skip(where, new Remark("problem.named-again", $"names '{entry.File}' again, after {earlier.List.FileName}; the first entry counts", ("file", entry.File)));
            else if (found[file].Any(clip => LabelOf(clip, entry).Length == 0))
                draft.Skip(where, new Remark("problem.no-class", $"names '{entry.File}' without a class", ("file", entry.File)));
            else if (found.Contains(file))
                listed.Add(file, ([.. found[file].Select(clip => clip with { Label = LabelOf(clip, entry), Split = list.Split })], list));
        }
    }

    private static string LabelOf(CorpusClip clip, ListEntry entry) =>
        clip is { StartSeconds: null, EndSeconds: null } ? entry.Label ?? clip.Label : clip.Label;

    /// <summary>The name below the root of the file that an entry means, or null where there is none.</summary>
    private static string? Resolve(string root, IReadOnlySet<string> files, ListFile list, string entry)
    {
        string name = entry.Replace('\\', '/');
        while (name.StartsWith("./", StringComparison.Ordinal))
            name = name[2..];
        if (files.Contains(name))
            return name;
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(list.Path)!, name));
        string fromList = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        return files.Contains(fromList) ? fromList : null;
    }
}
