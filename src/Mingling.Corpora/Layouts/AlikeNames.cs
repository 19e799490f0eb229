using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Layouts;

/// <summary>Makes names one that are one to people, or warns of them.</summary>
internal static class AlikeNames
{
    /// <summary>
    /// The clips with tidy names: words that differ by blanks or by the form of their letters are one word, and speakers also where they
    /// differ by case, because a voice must not be on both sides of a split. Words that differ by case stay two, with a warning.
    /// </summary>
    public static List<CorpusClip> Join(IEnumerable<CorpusClip> clips, CorpusDraft draft)
    {
        var all = clips.ToList();
        string[] words = [.. all.Select(clip => clip.Label).Distinct()];
        foreach (var joined in words.GroupBy(NameKey.Tidy).Where(group => group.Count() > 1))
            draft.Warn(new Remark("corpus.joined-words", $"{Some(joined)} differ by blanks or by the form of their letters alone and are one word.", ("words", SplitWarnings.Names(joined))));
        foreach (string[] alike in NameKey.Alike(words.Select(NameKey.Tidy)))
            draft.Warn(new Remark("corpus.alike-words", $"{Some(alike)} differ by case alone and are different words; if they are one, give them one name.", ("words", SplitWarnings.Names(alike))));
        var speakers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var alike in all.Select(clip => clip.Speaker).OfType<string>().Distinct().GroupBy(NameKey.Of))
        {
            string[] names = [.. alike.Order(StringComparer.Ordinal)];
            foreach (string name in names) speakers[name] = NameKey.Tidy(names[0]);
            if (names.Length > 1) draft.Warn(new Remark("corpus.joined-speakers", $"{Some(names)} differ by case, blanks or the form of their letters alone and are one speaker.", ("speakers", names)));
        }
        var tidy = words.ToDictionary(word => word, NameKey.Tidy, StringComparer.Ordinal);
        return all.ConvertAll(clip => tidy[clip.Label] == clip.Label && (clip.Speaker is null || speakers[clip.Speaker] == clip.Speaker)
            ? clip
            : clip with { Label = tidy[clip.Label], Speaker = clip.Speaker is null ? null : speakers[clip.Speaker] });
    }

    private static string Some(IEnumerable<string> names) => SplitWarnings.Some([.. names.Order(StringComparer.Ordinal)]);
}
