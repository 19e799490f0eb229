using Mingling.Audio;
using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Inspection;

/// <summary>What an inspection finds wrong with a corpus, in words.</summary>
internal static class InspectionWarnings
{
    private const int FewClips = 20;
    private const int FewSpeakers = 5;
    private const double LargeRatio = 3;
    internal const double ShortSeconds = 0.1;
    internal const double LongSeconds = 4;
    private const double ManyClippedShare = 0.05;

    /// <summary>The warnings, the gravest kinds first.</summary>
    public static IEnumerable<Remark> Find(CorpusInspection corpus) =>
        [.. Files(corpus), .. Duplicates(corpus), .. Classes(corpus), .. Speakers(corpus), .. Sound(corpus)];

    private static IEnumerable<Remark> Files(CorpusInspection corpus)
    {
        if (corpus.Problems.Count > 0)
            yield return new Remark("corpus.skipped", $"{Count(corpus.Problems.Count, "file or row was", "files or rows were")} skipped; the first: {corpus.Problems[0]}", ("n", corpus.Problems.Count), ("first", corpus.Problems[0].Remark));
        if (corpus.UnlistedFiles > 0)
            yield return new Remark("corpus.unlisted", $"{Count(corpus.UnlistedFiles, "sound file is", "sound files are")} in none of the lists and left out.", ("n", corpus.UnlistedFiles));
    }

    private static IEnumerable<Remark> Duplicates(CorpusInspection corpus)
    {
        var mislabeled = corpus.Duplicates.Where(group => group.AcrossClasses).ToList();
        if (mislabeled.Count > 0)
            yield return new Remark("corpus.two-labels", $"{Count(mislabeled.Count, "recording stands", "recordings stand")} under two labels, of which one is wrong: "
                + $"{SplitWarnings.Some(mislabeled[0].Clips)}.", ("n", mislabeled.Count), ("clips", mislabeled[0].Clips));
        var torn = corpus.Duplicates.Where(group => group.AcrossSplits).ToList();
        if (torn.Count > 0)
            yield return new Remark("corpus.across-splits", $"{Count(torn.Count, "recording is", "recordings are")} in more than one split, which makes figures too good: "
                + $"{SplitWarnings.Some(torn[0].Clips)}.", ("n", torn.Count), ("clips", torn[0].Clips));
    }

    private static IEnumerable<Remark> Classes(CorpusInspection corpus)
    {
        var few = corpus.Classes.Where(of => of.Clips < FewClips).Select(of => of.Label).ToList();
        if (few.Count > 0)
            yield return new Remark("corpus.few-clips", $"There are fewer than {FewClips} clips of {SplitWarnings.Some(few)}; more recordings help more than any setting.", ("least", FewClips), ("words", few));
        var largest = corpus.Classes.MaxBy(of => of.Clips);
        var smallest = corpus.Classes.MinBy(of => of.Clips);
        if (largest is not null && smallest is not null && largest.Clips > LargeRatio * smallest.Clips)
            yield return new Remark("corpus.uneven", $"The classes are uneven: '{largest.Label}' has {largest.Clips} clips and '{smallest.Label}' {smallest.Clips}.",
                ("largest", largest.Label), ("most", largest.Clips), ("smallest", smallest.Label), ("fewest", smallest.Clips));
    }

    private static IEnumerable<Remark> Speakers(CorpusInspection corpus)
    {
        if (corpus.Speakers.Count is > 0 and < FewSpeakers)
            yield return new Remark("corpus.few-speakers", $"There {(corpus.Speakers.Count == 1 ? "is only 1 speaker" : $"are only {corpus.Speakers.Count} speakers")}; "
                + "the model may not understand others.", ("n", corpus.Speakers.Count));
        if (corpus.Speakers.Count == 0 && corpus.Splits is null)
            yield return new Remark("corpus.unknown-speakers", "Speakers are unknown; a file-name pattern or a manifest can name them.");
    }

    private static IEnumerable<Remark> Sound(CorpusInspection corpus)
    {
        if (corpus.OddFiles.Count > 0)
            yield return new Remark("corpus.odd", $"{Count(corpus.OddFiles.Count, "file is", "files are")} odd, though read: {corpus.OddFiles[0]}", ("n", corpus.OddFiles.Count), ("first", corpus.OddFiles[0]));
        if (Silent(corpus.SilentClips) is { } silent) yield return silent;
        if (Clipped(corpus.Levels.ClippedClips, corpus.Clips) is { } clipped) yield return clipped;
        if (corpus.SampleRates.Count > 1)
        {
            string rates = string.Join(", ", corpus.SampleRates.Select(rate => $"{rate.Key} Hz: {rate.Value}"));
            yield return new Remark("corpus.mixed-rates", $"Sample rates are mixed ({rates}); a model may tell classes by their rate where these go together.", ("rates", rates));
        }
        var shortest = corpus.Classes.Where(of => of.Clips > 0 && of.ShortestSeconds < ShortSeconds).Select(of => of.Label).ToList();
        if (Short(shortest) is { } tiny) yield return tiny;
        var longest = corpus.Classes.Where(of => of.LongestSeconds > LongSeconds).Select(of => of.Label).ToList();
        if (longest.Count > 0)
            yield return new Remark("corpus.long", $"Some clips of {SplitWarnings.Some(longest)} are longer than {LongSeconds} s; cut them to the word.", ("words", longest), ("seconds", LongSeconds));
    }

    /// <summary>What a training should say of the sound of its clips, as an inspection does.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="sampleRate">Their rate in hertz.</param>
    public static IEnumerable<Remark> OfSound(IReadOnlyList<LoadedClip> clips, int sampleRate)
    {
        var heard = clips.Where(clip => clip.Clip.Label != CorpusClip.SilenceLabel).ToList();
        var levels = heard.ConvertAll(clip => ClipLevel.Measure(clip.Samples));
        Remark?[] found =
        [
            Silent([.. heard.Where((_, i) => MeasuredClip.IsSilentAt(levels[i])).Select(clip => clip.Clip.Name)]),
            Clipped([.. heard.Where((_, i) => levels[i].ClippedShare > CorpusInspector.ClippedShare).Select(clip => clip.Clip.Name)], heard.Count),
            Short([.. heard.Where(clip => clip.Samples.Length < ShortSeconds * sampleRate).Select(clip => clip.Clip.Label).Distinct()]),
        ];
        return found.OfType<Remark>();
    }

    private static Remark? Silent(IReadOnlyList<string> clips) =>
        clips.Count == 0 ? null : new("corpus.silent", $"{Count(clips.Count, "clip is", "clips are")} silent: {SplitWarnings.Some(clips)}.", ("n", clips.Count), ("clips", clips));

    private static Remark? Clipped(IReadOnlyList<string> clips, int all) => clips.Count <= ManyClippedShare * all ? null
        : new("corpus.clipped", $"{Count(clips.Count, "clip is", "clips are")} clipped: {SplitWarnings.Some(clips)}; record with less gain.", ("n", clips.Count), ("clips", clips));

    private static Remark? Short(IReadOnlyList<string> words) =>
        words.Count == 0 ? null : new("corpus.short", $"Some clips of {SplitWarnings.Some(words)} are shorter than {ShortSeconds} s, too short for a word.", ("words", words), ("seconds", ShortSeconds));

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
