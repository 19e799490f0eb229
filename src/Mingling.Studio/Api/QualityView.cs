using Mingling.Corpora.Inspection;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Api;

/// <summary>What is known of the quality of recordings without any model: what <c>mingling corpus inspect</c> finds, for the page.</summary>
/// <param name="Clips">The clips that can be read.</param>
/// <param name="TotalSeconds">Their length together.</param>
/// <param name="IsManaged">Whether words are folders, so that the page can play and delete clips by their names.</param>
/// <param name="Remarks">What should be known before training.</param>
/// <param name="Problems">What was skipped.</param>
/// <param name="Findings">Clips by what is odd about them, the gravest first: <c>silent</c>, <c>clipped</c>, <c>short</c>, <c>long</c>, <c>quiet</c>, <c>loud</c>, <c>offset</c>.</param>
/// <param name="Odd">What is odd about files that were read all the same, one sentence each.</param>
/// <param name="Duplicates">Groups of equal recordings.</param>
/// <param name="Words">The words, those without recordings too.</param>
/// <param name="Speakers">The speakers, with the words that they did not say.</param>
/// <param name="Splits">How a training would divide the clips; null where they cannot be divided.</param>
internal sealed record QualityView(int Clips, double TotalSeconds, bool IsManaged, IReadOnlyList<PageRemark> Remarks, IReadOnlyList<PageRemark> Problems, IReadOnlyList<ClipFinding> Findings,
    IReadOnlyList<string> Odd, IReadOnlyList<DuplicateGroup> Duplicates, IReadOnlyList<ClassInspection> Words, IReadOnlyList<SpeakerQuality> Speakers, SplitInspection? Splits)
{
    public static QualityView Of(CorpusFolder corpus, CorpusInspection found)
    {
        var levels = found.Levels;
        ClipFinding[] findings =
        [
            new("silent", found.SilentClips), new("clipped", levels.ClippedClips), new("short", found.ShortClips), new("long", found.LongClips),
            new("quiet", levels.QuietClips), new("loud", levels.LoudClips), new("offset", levels.DcOffsetClips),
        ];
        var empty = corpus.IsManaged ? corpus.Words().Where(word => word.Takes == 0).Select(word => new ClassInspection(word.Word, 0, 0, 0, 0, 0, 0, 0, 0)) : [];
        return new QualityView(found.Clips, found.TotalSeconds, corpus.IsManaged, [.. found.Remarks.Select(PageRemark.Of)], [.. found.Problems.Select(problem => PageRemark.Of(problem.Remark))],
            [.. findings.Where(finding => finding.Clips.Count > 0)], found.OddFiles, found.Duplicates, [.. found.Classes.Concat(empty).OrderBy(word => word.Label, StringComparer.Ordinal)],
            [.. found.Speakers.Select(speaker => new SpeakerQuality(speaker.Name, speaker.Clips, speaker.Classes, [.. speaker.Splits.Select(split => split.ToString().ToLowerInvariant())]))], found.Splits);
    }
}

/// <summary>Clips of which the same is odd.</summary>
internal sealed record ClipFinding(string Kind, IReadOnlyList<string> Clips);

/// <summary>A speaker.</summary>
/// <param name="Name">The speaker.</param>
/// <param name="Clips">The clips.</param>
/// <param name="Words">How many words are said.</param>
/// <param name="Sides">What the clips are for: <c>train</c>, <c>validation</c>, <c>test</c>.</param>
internal sealed record SpeakerQuality(string Name, int Clips, int Words, IReadOnlyList<string> Sides);
