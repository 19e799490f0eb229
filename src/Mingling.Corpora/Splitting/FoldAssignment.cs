namespace Mingling.Corpora.Splitting;

/// <summary>Deals the speakers of a corpus to folds of nearly equal size.</summary>
internal static class FoldAssignment
{
    /// <summary>
    /// The fold of each of the corpus' clips and then of its other clips; null for given test clips. Groups are dealt from the
    /// largest to the smallest to the fold with the fewest clips; among equals the classes follow one another, so that clips
    /// without speakers are dealt class by class.
    /// </summary>
    public static (IReadOnlyList<int?> Folds, IReadOnlyList<Remark> Warnings) Assign(Corpus corpus, int count, SplitOptions options)
    {
        IReadOnlyList<CorpusClip> clips = [.. corpus.Clips, .. corpus.OtherClips];
        int[] pool = Enumerable.Range(0, clips.Count).Where(i => !options.UseGivenSplits || clips[i].Split != Split.Test).ToArray();
        var members = pool.Select(i => clips[i]).ToList();
        int speakers = members.Select(clip => clip.Speaker).OfType<string>().Distinct().Count();
        bool bySpeaker = options.BySpeaker && speakers > 0;
        string?[]? hashes = options.KeepDuplicatesTogether ? SampleHash.ComputeAll(members, SoundSource.Read, options.Parallelism, CancellationToken.None) : null;
        var groups = ClipGroups.Find(members, bySpeaker, hashes);
        if (groups.Count < count)
            groups = ClipGroups.Find(members, bySpeaker, hashes: null);
        if (groups.Count < count)
            throw new CorpusException($"There are {groups.Count} {(bySpeaker ? "speakers" : "recordings")}, too few for {count} folds.");

        int[] dealt = Deal(groups, members, count, new Random(options.Seed));
        int?[] folds = new int?[clips.Count];
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int member in groups[group].Members)
                folds[pool[member]] = dealt[group];
        }
        return (folds, bySpeaker ? [] : [SplitWarnings.DrawnByClip(options.BySpeaker, speakers)]);
    }

    private static int[] Deal(List<ClipGroup> groups, List<CorpusClip> clips, int count, Random random)
    {
        int[] shuffled = Enumerable.Range(0, groups.Count).ToArray();
        random.Shuffle(shuffled);
        var order = shuffled.OrderByDescending(group => groups[group].Members.Count)
            .ThenBy(group => clips[groups[group].Members[0]].Label, StringComparer.Ordinal);
        int[] sizes = new int[count];
        int[] folds = new int[groups.Count];
        foreach (int group in order)
        {
            folds[group] = Array.IndexOf(sizes, sizes.Min());
            sizes[folds[group]] += groups[group].Members.Count;
        }
        return folds;
    }
}
