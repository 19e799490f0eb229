using Mingling.Training;
using Mingling.Training.Corpora;
using Mingling.Training.Runs;

namespace Mingling.Cli;

/// <summary>Which clips of a corpus judge a model.</summary>
/// <param name="Clips">The clips.</param>
/// <param name="Choice">How they were chosen, to follow a number of clips.</param>
/// <param name="Learned">How many of them the run learned from; above 0 the figures are too good.</param>
/// <param name="Problems">Recordings that cannot be used.</param>
internal sealed record EvaluationClips(IReadOnlyList<CorpusClip> Clips, string Choice, int Learned, IReadOnlyList<CorpusProblem> Problems)
{
    /// <summary>
    /// The clips of a list where one is given. Otherwise, in the run's own corpus (at the same place or a copy of it), the clips that
    /// it did not learn from; in another corpus, all clips.
    /// </summary>
    /// <param name="asked">The corpus and how the user wants it read.</param>
    /// <param name="begun">The corpus of the run.</param>
    /// <param name="list">A list of clips, or null.</param>
    /// <param name="part">The part of the run's own corpus: null for all held-out clips.</param>
    public static EvaluationClips Choose(CorpusSource asked, RunCorpus begun, string? list, Split? part)
    {
        var learned = begun.TrainingClips.ToHashSet(StringComparer.Ordinal);
        bool samePlace = RealPath(asked.Path) == RealPath(begun.Source.Path);
        // What the run was told about its own corpus need not be repeated.
        var options = samePlace ? begun.Source.Options with { Strict = asked.Options.Strict } : asked.Options;
        if (asked.Options.Pattern is not null) options = options with { Pattern = asked.Options.Pattern };

        if (list is not null)
        {
            var listed = Corpus.Open(asked.Path, options with { TrainList = null, ValidationList = null, TestList = list });
            CorpusClip[] named = [.. listed.Clips.Where(clip => clip.Split == Split.Test)];
            return new EvaluationClips(named, $"those of {list}", named.Count(clip => learned.Contains(PreparedCorpus.ClipId(clip))), listed.Problems);
        }

        var corpus = Corpus.Open(asked.Path, options);
        bool own = samePlace || corpus.Clips.Count(clip => learned.Contains(PreparedCorpus.ClipId(clip))) > learned.Count / 2;
        if (!own)
        {
            if (part is not null) throw new UsageException("--part chooses from the corpus that the run learned from; this is another one.");
            return new EvaluationClips(corpus.Clips, "all of the corpus", 0, corpus.Problems);
        }
        var splits = CorpusSplitter.Split(corpus, begun.Source.Splits);
        var clips = part is { } one ? splits.Of(one) : [.. splits.Validation, .. splits.Test];
        CorpusClip[] held = [.. clips.Where(clip => !learned.Contains(PreparedCorpus.ClipId(clip)))];
        string choice = part is { } which ? $"the {which.ToString().ToLowerInvariant()} part" : "those that the run did not learn from";
        return new EvaluationClips(held, choice, 0, corpus.Problems);
    }

    private static string RealPath(string path)
    {
        string trimmed = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return new DirectoryInfo(trimmed).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? trimmed;
    }
}
