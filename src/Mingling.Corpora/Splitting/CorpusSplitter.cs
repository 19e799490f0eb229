using Mingling.Audio;

namespace Mingling.Corpora.Splitting;

/// <summary>
/// Divides a corpus into training, validation and test. A voice that is on two sides makes figures 1 to 2 points too good, so
/// that speakers stay on one side wherever they are known.
/// </summary>
public static class CorpusSplitter
{
    /// <summary>Divides a corpus.</summary>
    /// <remarks>
    /// 1. Splits that the corpus gives are used; clips without one are for training. Speakers named to be left out go to
    ///    validation before that.
    /// 2. Where there is then no validation clip, and no test clip though one is wanted, speakers are drawn from training: of
    ///    200 random orders the one whose sides hold every class nearest to its share.
    /// 3. Clips without a speaker are drawn one by one, class by class, and a warning says so; with fewer speakers than splits,
    ///    all clips are.
    /// 4. Clips for training alone (<see cref="CorpusClip.TrainingOnly"/>) are in training, whatever lists, manifests and options
    ///    say, and change nothing about where the others are.
    /// 5. Where the splitter draws, copies by name and recordings with equal samples stay together.
    /// </remarks>
    /// <param name="corpus">The corpus.</param>
    /// <param name="options">How to divide; null for the defaults.</param>
    /// <exception cref="CorpusException">A class has a single clip, a speaker is unknown, no clip is left for training, or there is
    /// nothing to draw unknown words or silence from.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static CorpusSplits Split(Corpus corpus, SplitOptions? options = null) => SplitDecoding(corpus, options, SoundSource.Read);

    /// <summary>As <see cref="Split"/>, but files come from where each is decoded once.</summary>
    internal static CorpusSplits SplitDecoding(Corpus corpus, SplitOptions? options, Func<CorpusClip, AudioClip> read)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        options ??= new SplitOptions();
        options.Check();
        var judged = corpus.WithoutTrainingOnly();
        var (sides, warnings) = SplitAssignment.Assign(judged, options, read);
        return Build(corpus, judged, sides, warnings, options, read);
    }

    /// <summary>
    /// Divides a corpus into folds for cross-validation: in each, another part of the speakers is for validation and the rest
    /// for training. Folds have nearly the same number of clips. Given test clips stay test clips; other given splits, shares
    /// and speakers to leave out do not matter here. Clips for training alone are in the training of every fold.
    /// </summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="count">The number of folds, at least 2 and at most the number of speakers.</param>
    /// <param name="options">The seed, and which unknown words and silence to add; null for the defaults.</param>
    /// <exception cref="CorpusException">There are fewer speakers (or clips, where speakers are unknown) than folds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IReadOnlyList<CorpusSplits> Folds(Corpus corpus, int count, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        options ??= new SplitOptions();
        options.Check();
        var judged = corpus.WithoutTrainingOnly();
        var (folds, warnings) = FoldAssignment.Assign(judged, count, options);
        return
        [
            .. Enumerable.Range(0, count).Select(fold => Build(
                corpus,
                judged,
                [.. folds.Select(of => of is null ? Corpora.Split.Test : of == fold ? Corpora.Split.Validation : Corpora.Split.Train)],
                warnings,
                options,
                SoundSource.Read)),
        ];
    }

    private static CorpusSplits Build(
        Corpus corpus, Corpus judged, IReadOnlyList<Split> sides, IReadOnlyList<Remark> warnings, SplitOptions options, Func<CorpusClip, AudioClip> read)
    {
        var wanted = Select(judged.Clips, sides, 0);
        wanted = wanted with { Train = WithTrainingOnly(wanted.Train, corpus.Clips) };
        if (wanted.Train.Count == 0)
            throw new CorpusException(new Remark("corpus.no-training", "No clip is left for training; the lists or options put all of them into validation and test."));
        if (wanted.Validation.Count == 0)
            throw new CorpusException(new Remark("corpus.no-validation", "No clip is left for validation; the recordings of each class are copies of one another."));
        if (options.UnknownShare > 0 && corpus.OtherClips.Count == 0)
            throw new CorpusException("Unknown words are drawn from classes that are not wanted, and all classes are; name the wanted words.");
        var others = Select(judged.OtherClips, sides, judged.Clips.Count);
        others = others with { Train = WithTrainingOnly(others.Train, corpus.OtherClips) };
        wanted = wanted with { OtherValidation = others.Validation, Remarks = [.. corpus.Remarks, .. warnings, .. SplitWarnings.Find(wanted)] };
        return ExtraClasses.Add(wanted, others, corpus.Noise, options, read);
    }

    /// <summary>The clips for training in the corpus' order.</summary>
    private static IReadOnlyList<CorpusClip> WithTrainingOnly(IReadOnlyList<CorpusClip> train, IReadOnlyList<CorpusClip> all)
    {
        if (!all.Any(clip => clip.TrainingOnly)) return train;
        var drawn = train.ToHashSet();
        return [.. all.Where(clip => clip.TrainingOnly || drawn.Contains(clip))];
    }

    private static CorpusSplits Select(IReadOnlyList<CorpusClip> clips, IReadOnlyList<Split> sides, int offset)
    {
        return new CorpusSplits { Train = Of(Corpora.Split.Train), Validation = Of(Corpora.Split.Validation), Test = Of(Corpora.Split.Test) };

        List<CorpusClip> Of(Split side) => [.. clips.Where((_, i) => sides[offset + i] == side)];
    }
}
