using Mingling.Audio;

namespace Mingling.Corpora.Splitting;

/// <summary>Decides the split of every clip: given ones first, then by drawing speakers, then by drawing clips.</summary>
internal sealed class SplitAssignment
{
    private readonly IReadOnlyList<CorpusClip> _clips;
    private readonly int _wanted;
    private readonly SplitOptions _options;
    private readonly Func<CorpusClip, AudioClip> _read;
    private readonly Split?[] _sides;
    private readonly List<Remark> _warnings = [];

    private SplitAssignment(Corpus corpus, SplitOptions options, Func<CorpusClip, AudioClip> read)
    {
        _read = read;
        _clips = [.. corpus.Clips, .. corpus.OtherClips];
        _wanted = corpus.Clips.Count;
        _options = options;
        _sides = [.. _clips.Select(clip => options.UseGivenSplits ? clip.Split : null)];
    }

    /// <summary>The splits of a corpus' clips and then of its other clips, and what is to be said about them.</summary>
    public static (IReadOnlyList<Split> Sides, IReadOnlyList<Remark> Warnings) Assign(
        Corpus corpus, SplitOptions options, Func<CorpusClip, AudioClip> read)
    {
        var assignment = new SplitAssignment(corpus, options, read);
        assignment.LeaveOut(corpus);
        assignment.Draw();
        return ([.. assignment._sides.Select(side => side ?? Split.Train)], assignment._warnings);
    }

    private void LeaveOut(Corpus corpus)
    {
        if (_options.LeaveOutSpeakers.Count == 0)
            return;
        var speakers = corpus.Clips.Select(clip => clip.Speaker).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (_options.LeaveOutSpeakers.FirstOrDefault(speaker => !speakers.Contains(speaker)) is { } stranger)
        {
            throw new CorpusException(speakers.Count == 0
                ? $"The speaker '{stranger}' cannot be left out, because the speakers of this corpus are unknown."
                : $"The speaker '{stranger}' cannot be left out, because no clip is by that speaker; there are {Some(speakers)}.");
        }
        for (int i = 0; i < _clips.Count; i++)
        {
            if (_clips[i].Speaker is { } speaker && _options.LeaveOutSpeakers.Contains(speaker))
                _sides[i] = Split.Validation;
            else if (_sides[i] == Split.Validation)
                _sides[i] = Split.Train;
        }
    }

    private void Draw()
    {
        double validation = Lacks(Split.Validation) ? _options.ValidationShare : 0;
        double test = Lacks(Split.Test) ? _options.TestShare : 0;
        if (validation + test == 0)
            return;
        int[] pool = Enumerable.Range(0, _clips.Count).Where(i => _sides[i] is null or Split.Train).ToArray();
        CheckClasses(pool);
        var clips = pool.Select(i => _clips[i]).ToList();
        var labels = clips.ConvertAll(clip => clip.Label);
        string?[]? hashes = _options.KeepDuplicatesTogether ? SampleHash.ComputeAll(clips, _read, _options.Parallelism, CancellationToken.None) : null;
        int sidesNeeded = 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
        var groups = SplitGroups(clips, hashes, sidesNeeded, out bool bySpeaker);

        var random = new Random(_options.Seed);
        var speakers = groups.FindAll(group => group.HasSpeaker);
        if (bySpeaker)
        {
            int count = speakers.Sum(group => group.Speakers);
            int forValidation = ClipDraw.Take(validation, count, reserved: sidesNeeded - 1);
            int forTest = ClipDraw.Take(test, count, reserved: 1 + forValidation);
            var sides = SpeakerDraw.Draw(speakers, labels, forValidation, forTest, random);
            Assign(pool, speakers, sides);
            WarnOfMissedShare(speakers, sides, Split.Validation, forValidation);
            WarnOfMissedShare(speakers, sides, Split.Test, forTest);
        }
        var others = groups.FindAll(group => !group.HasSpeaker);
        Assign(pool, others, ClipDraw.Draw(others, labels, validation, test, random));
    }

    private void WarnOfMissedShare(List<ClipGroup> groups, Split[] sides, Split side, int wanted)
    {
        int got = groups.Where((_, i) => sides[i] == side).Sum(group => group.Speakers);
        if (got != wanted)
            _warnings.Add(SplitWarnings.MissedShare(side, got, wanted));
    }

    private List<ClipGroup> SplitGroups(List<CorpusClip> clips, IReadOnlyList<string?>? hashes, int sidesNeeded, out bool bySpeaker)
    {
        bySpeaker = false;
        int speakers = clips.Select(clip => clip.Speaker).OfType<string>().Distinct().Count();
        if (_options.BySpeaker && speakers >= sidesNeeded)
        {
            var groups = ClipGroups.Find(clips, bySpeaker: true, hashes);
            if (groups.Count(group => group.HasSpeaker) < sidesNeeded)
                groups = ClipGroups.Find(clips, bySpeaker: true, hashes: null);
            bySpeaker = groups.Count(group => group.HasSpeaker) >= sidesNeeded;
            int unknown = clips.Count(clip => clip.Speaker is null);
            if (bySpeaker && unknown > 0)
                _warnings.Add(SplitWarnings.SomeUnknownSpeakers(unknown, clips.Count));
            if (bySpeaker)
                return groups;
        }
        _warnings.Add(SplitWarnings.DrawnByClip(_options.BySpeaker, speakers));
        return ClipGroups.Find(clips, bySpeaker: false, hashes);
    }

    /// <summary>Whether no wanted clip has been given to a split.</summary>
    private bool Lacks(Split split) => !_sides.Take(_wanted).Contains(split);

    private void CheckClasses(int[] pool)
    {
        var single = pool.Where(i => i < _wanted).GroupBy(i => _clips[i].Label).FirstOrDefault(ofClass => ofClass.Count() == 1);
        if (single is not null)
        {
            string only = _clips[single.First()].Name;
            throw new CorpusException(new Remark("corpus.single-clip",
                $"The class '{single.Key}' has a single clip, '{only}', and cannot be split; record more of it or leave it out.", ("word", single.Key), ("clip", only)));
        }
    }

    private void Assign(int[] pool, List<ClipGroup> groups, Split[] sides)
    {
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int member in groups[group].Members)
                _sides[pool[member]] = sides[group];
        }
    }

    private static string Some(List<string> names) =>
        names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(12))} and {names.Count - 12} more";
}
