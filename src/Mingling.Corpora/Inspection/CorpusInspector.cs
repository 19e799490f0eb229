using Mingling.Corpora.Splitting;

namespace Mingling.Corpora.Inspection;

/// <summary>Listens to a whole corpus and says what is in it and what is wrong with it.</summary>
public static class CorpusInspector
{
    private const double LevelToleranceDb = 20;
    private const double DcOffset = 0.01;

    /// <summary>The share of clipped samples from which a clip counts as clipped.</summary>
    internal const double ClippedShare = 0.001;

    /// <summary>Decodes and measures the clips of a corpus' classes (not noise, nor the clips of unwanted words).</summary>
    /// <remarks>
    /// A corpus that <see cref="CorpusSplitter.Split"/> refuses can still be inspected undivided; the reason then belongs first
    /// into <see cref="CorpusInspection.Remarks"/>, which the caller sees to (<c>inspection with { Remarks = … }</c>).
    /// </remarks>
    /// <param name="corpus">The corpus.</param>
    /// <param name="splits">How it is divided; null to inspect it undivided.</param>
    /// <param name="parallelism">The number of threads, at least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is below 1.</exception>
    public static CorpusInspection Inspect(
        Corpus corpus, CorpusSplits? splits = null, int parallelism = 1, CancellationToken cancellationToken = default) =>
        // Nobody else takes the sound.
        Inspect(corpus, splits, new InspectedFiles(room: 0), parallelism, cancellationToken);

    /// <summary>The same, but files come from where each is decoded once.</summary>
    internal static CorpusInspection Inspect(
        Corpus corpus, CorpusSplits? splits, InspectedFiles sounds, int parallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var clips = MeasuredClip.Measure(corpus.Clips, splits, sounds, parallelism, cancellationToken, out var unreadable);
        var inspection = new CorpusInspection
        {
            Root = corpus.Root,
            Layout = corpus.Layout,
            Pattern = corpus.Pattern,
            Lists = corpus.Lists,
            Clips = clips.Count,
            SyntheticClips = clips.Count(clip => clip.Clip.Synthetic),
            TotalSeconds = clips.Sum(clip => clip.Seconds),
            NoiseFiles = corpus.Noise.Count,
            UnlistedFiles = corpus.UnlistedFiles,
            Classes = [.. corpus.Classes.GroupJoin(clips, label => label, clip => clip.Clip.Label, Class)],
            Speakers = Speakers(clips),
            ClipsWithoutSpeaker = clips.Count(clip => clip.Clip.Speaker is null),
            SampleRates = Counts(clips, clip => clip.File.SampleRate),
            Encodings = Counts(clips, clip => clip.File.Encoding),
            Channels = Counts(clips, clip => clip.File.Channels),
            Levels = Levels(clips.FindAll(clip => !clip.IsSilent)),
            SilentClips = Names(clips.Where(clip => clip.IsSilent)),
            ShortClips = Names(clips.Where(clip => clip.Seconds < InspectionWarnings.ShortSeconds)),
            LongClips = Names(clips.Where(clip => clip.Seconds > InspectionWarnings.LongSeconds)),
            OddFiles = [.. clips.Where(clip => clip.File.Note is not null).DistinctBy(clip => SoundSource.Key(clip.Clip)).Select(clip => $"'{clip.Clip.Name}' {clip.File.Note}.")],
            Duplicates = [.. clips.GroupBy(clip => clip.Hash).Where(group => group.Count() > 1).Select(Duplicate)],
            Problems = [.. corpus.Problems, .. unreadable],
            Splits = splits is null ? null : Splits(splits, corpus.Clips.Except(clips.Select(clip => clip.Clip)).ToHashSet()),
            Remarks = splits?.Remarks ?? corpus.Remarks,
        };
        return inspection with { Remarks = [.. inspection.Remarks, .. InspectionWarnings.Find(inspection)] };
    }

    private static ClassInspection Class(string label, IEnumerable<MeasuredClip> clips)
    {
        var all = clips.ToList();
        var seconds = all.ConvertAll(clip => clip.Seconds);
        return new ClassInspection(
            label,
            all.Count,
            all.Select(clip => clip.Clip.Speaker).OfType<string>().Distinct().Count(),
            seconds.DefaultIfEmpty().Min(),
            Median(seconds) ?? 0,
            seconds.DefaultIfEmpty().Max(),
            all.Count(clip => clip.Split == Split.Train),
            all.Count(clip => clip.Split == Split.Validation),
            all.Count(clip => clip.Split == Split.Test));
    }

    private static List<SpeakerInspection> Speakers(List<MeasuredClip> clips) =>
    [
        .. clips.Where(clip => clip.Clip.Speaker is not null)
            .GroupBy(clip => clip.Clip.Speaker!)
            .OrderBy(spoken => spoken.Key, StringComparer.Ordinal)
            .Select(spoken => new SpeakerInspection(
                spoken.Key,
                spoken.Count(),
                spoken.Select(clip => clip.Clip.Label).Distinct().Count(),
                [.. spoken.Select(clip => clip.Split).OfType<Split>().Distinct().Order()])),
    ];

    private static LevelInspection Levels(List<MeasuredClip> clips)
    {
        double? median = Median(clips.ConvertAll(clip => clip.Level.RmsDb));
        return new LevelInspection(
            median,
            Names(clips.Where(clip => clip.Level.RmsDb < median - LevelToleranceDb)),
            Names(clips.Where(clip => clip.Level.RmsDb > median + LevelToleranceDb)),
            Names(clips.Where(clip => clip.Level.ClippedShare > ClippedShare)),
            Names(clips.Where(clip => Math.Abs(clip.Level.DcOffset) > DcOffset)));
    }

    private static DuplicateGroup Duplicate(IEnumerable<MeasuredClip> clips) => new(
        Names(clips),
        AcrossSplits: clips.Select(clip => clip.Split).OfType<Split>().Distinct().Count() > 1,
        AcrossClasses: clips.Select(clip => clip.Clip.Label).Distinct().Count() > 1);

    private static SplitInspection Splits(CorpusSplits splits, HashSet<CorpusClip> unreadable)
    {
        var readable = new CorpusSplits { Train = Of(Split.Train), Validation = Of(Split.Validation), Test = Of(Split.Test) };
        return new SplitInspection(
            readable.Train.Count,
            readable.Validation.Count,
            readable.Test.Count,
            SpeakersIn(readable.Train),
            SpeakersIn(readable.Validation),
            SpeakersIn(readable.Test),
            SplitWarnings.SharedSpeakers(readable));

        List<CorpusClip> Of(Split split) => [.. splits.Of(split).Where(clip => !unreadable.Contains(clip))];
    }

    private static int SpeakersIn(IReadOnlyList<CorpusClip> clips) =>
        clips.Select(clip => clip.Speaker).OfType<string>().Distinct().Count();

    private static SortedDictionary<TKey, int> Counts<TKey>(List<MeasuredClip> clips, Func<MeasuredClip, TKey> key)
        where TKey : notnull => new(clips.CountBy(key).ToDictionary(), Comparer<TKey>.Default);

    private static List<string> Names(IEnumerable<MeasuredClip> clips) => [.. clips.Select(clip => clip.Clip.Name)];

    /// <summary>The middle value, or the mean of the two middle ones; null of none.</summary>
    private static double? Median(List<double> values)
    {
        if (values.Count == 0)
            return null;
        double[] sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
