using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Training.Data;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Evaluation;

/// <summary>A corpus to judge a run by, and what of it the run learned from.</summary>
internal sealed class JudgingCorpus
{
    private readonly bool _isOwn;
    private readonly HashSet<string> _learned;

    private JudgingCorpus(Corpus corpus, bool isOwn, HashSet<string> learned) => (Corpus, _isOwn, _learned) = (corpus, isOwn, learned);

    /// <summary>The corpus.</summary>
    public Corpus Corpus { get; }

    /// <summary>Opens a corpus; what the run was told about its own need not be repeated.</summary>
    /// <param name="asked">The corpus and how the user wants it read.</param>
    /// <param name="begun">The corpus of the run; null for a model file, which does not know its own.</param>
    /// <param name="list">A list whose clips are for the test, or null.</param>
    /// <param name="allWords">Whether words that the run was told to leave aside are wanted too.</param>
    public static JudgingCorpus Open(CorpusSource asked, RunCorpus? begun, string? list, bool allWords)
    {
        var learned = (begun?.TrainingClips ?? []).ToHashSet(StringComparer.Ordinal);
        bool samePlace = begun is not null && RealPath(asked.Path) == RealPath(begun.Source.Path);
        var options = samePlace ? begun!.Source.Options with { Strict = asked.Options.Strict } : asked.Options;
        if (asked.Options.Pattern is not null) options = options with { Pattern = asked.Options.Pattern };
        if (list is not null) options = options with { TrainList = null, ValidationList = null, TestList = list };
        if (allWords) options = options with { Words = [] };
        // What was added was for training alone; it need not be there any more.
        var corpus = CorpusReader.Read(asked.Path, options with { Added = [] });
        int own = learned.Count(id => !PreparedCorpus.IsOfAdded(id));
        bool isCopy = corpus.Clips.Count(clip => learned.Contains(PreparedCorpus.ClipId(clip))) > own / 2;
        return new JudgingCorpus(corpus.WithoutTrainingOnly(), samePlace || isCopy, learned);
    }

    /// <summary>Whether the run learned from a clip, by its own name or as one of the words that it was to refuse.</summary>
    public bool Learned(CorpusClip clip) =>
        _learned.Contains(PreparedCorpus.ClipId(clip)) || _learned.Contains(PreparedCorpus.ClipId(clip with { Label = CorpusClip.UnknownLabel }));

    /// <summary>The choice where nothing depends on the run's splits: a list, or another corpus; else null.</summary>
    /// <exception cref="ArgumentException">A part of another corpus is wanted.</exception>
    public EvaluationClips? ChosenAlready(string? list, Split? part)
    {
        if (list is not null) return Choose(Corpus.Clips.Where(clip => clip.Split == Split.Test), $"those of {list}");
        if (_isOwn) return null;
        if (part is not null) throw new ArgumentException("a part (--part) can be chosen only of the corpus that a run learned from; this is another one.");
        return Choose(Corpus.Clips, "all of the corpus") with { Learned = [] };
    }

    /// <summary>Some of its clips.</summary>
    public EvaluationClips Choose(IEnumerable<CorpusClip> clips, string choice)
    {
        CorpusClip[] chosen = [.. clips];
        return new EvaluationClips(chosen, choice, [.. chosen.Where(Learned)], Corpus.Problems) { Words = Corpus.Classes };
    }

    private static string RealPath(string path)
    {
        string trimmed = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        // The corpus of a run may have gone.
        return Path.Exists(trimmed) ? new DirectoryInfo(trimmed).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? trimmed : trimmed;
    }
}
