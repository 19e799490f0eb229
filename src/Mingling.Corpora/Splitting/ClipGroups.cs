using System.Text.RegularExpressions;

namespace Mingling.Corpora.Splitting;

/// <summary>Clips that stay in one split, as indices into the pool they were built from.</summary>
/// <param name="Members">The clips, in order.</param>
/// <param name="Speakers">How many speakers they are by: more than one where equal recordings join speakers; 0 where none counts.</param>
internal sealed record ClipGroup(IReadOnlyList<int> Members, int Speakers)
{
    /// <summary>Whether a speaker holds the clips together.</summary>
    public bool HasSpeaker => Speakers > 0;
}

/// <summary>
/// Finds the clips that must not be torn apart: those of one speaker, with equal samples, and copies by name.
/// </summary>
internal static partial class ClipGroups
{
    /// <summary>The groups of a pool, in the order of their first clips.</summary>
    /// <param name="pool">The clips.</param>
    /// <param name="bySpeaker">Whether speakers hold clips together.</param>
    /// <param name="hashes">The hashes of the clips' samples, or null to ignore equal samples.</param>
    public static List<ClipGroup> Find(IReadOnlyList<CorpusClip> pool, bool bySpeaker, IReadOnlyList<string?>? hashes)
    {
        var sets = new DisjointSets(pool.Count);
        sets.JoinEqual(pool.Select(CopyKey));
        if (bySpeaker)
            sets.JoinEqual(pool.Select(clip => clip.Speaker));
        if (hashes is not null)
            sets.JoinEqual(hashes);
        return
        [
            .. from i in Enumerable.Range(0, pool.Count)
               group i by sets.Find(i) into members
               select new ClipGroup([.. members], bySpeaker ? members.Select(i => pool[i].Speaker).OfType<string>().Distinct().Count() : 0),
        ];
    }

    /// <summary>The name without its ending and a mark such as " - Copy (2)"; null for excerpts, which are no copies.</summary>
    private static string? CopyKey(CorpusClip clip) =>
        clip.StartSeconds is not null || clip.EndSeconds is not null ? null : CopyMark().Replace(Path.ChangeExtension(clip.Name, null), "");

    [GeneratedRegex(@"[\s_-]+copy[\s_-]*(\(?[0-9]+\)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CopyMark();
}
