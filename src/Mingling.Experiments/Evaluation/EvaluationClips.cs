using Mingling.Corpora;
using Mingling.Corpora.Splitting;
using Mingling.Training.Data;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Evaluation;

/// <summary>Which clips of a corpus judge a model.</summary>
/// <param name="Clips">The clips.</param>
/// <param name="Choice">How they were chosen, to follow a number of clips.</param>
/// <param name="Learned">Those of them that the run learned from; where there are any the figures are too good.</param>
/// <param name="Problems">Recordings that cannot be used.</param>
public sealed record EvaluationClips(
    IReadOnlyList<CorpusClip> Clips, string Choice, IReadOnlyList<CorpusClip> Learned, IReadOnlyList<CorpusProblem> Problems)
{
    /// <summary>The words of the corpus that clips were chosen from.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// The clips of a list where one is given. Otherwise, in the run's own corpus (at the same place or a copy of it), the clips that
    /// it did not learn from; in another corpus, all clips.
    /// </summary>
    /// <param name="asked">The corpus and how the user wants it read.</param>
    /// <param name="begun">The corpus of the run; null for a model file, which does not know its own.</param>
    /// <param name="list">A list of clips, or null.</param>
    /// <param name="part">The part of the run's own corpus: null for all held-out clips.</param>
    /// <exception cref="CorpusException">The corpus cannot be used.</exception>
    /// <exception cref="ArgumentException">A part is wanted of a corpus that the run did not learn from.</exception>
    public static EvaluationClips Choose(CorpusSource asked, RunCorpus? begun, string? list = null, Split? part = null)
    {
        var opened = JudgingCorpus.Open(asked, begun, list, allWords: false);
        if (opened.ChosenAlready(list, part) is { } chosen) return chosen;
        var splits = CorpusSplitter.Split(opened.Corpus, begun!.Source.Splits);
        IEnumerable<CorpusClip> clips = part is { } one ? splits.Of(one) : [.. splits.Validation, .. splits.Test];
        // A corpus that lost or won clips can be split in another way; what validated the run still can.
        if (part is null or Split.Validation)
        {
            var validated = begun.ValidationClips.ToHashSet(StringComparer.Ordinal);
            clips = clips.Concat(opened.Corpus.Clips.Where(clip => validated.Contains(PreparedCorpus.ClipId(clip)))).DistinctBy(PreparedCorpus.ClipId);
        }
        string choice = part is { } which ? PartName(which) : "those that the run did not learn from";
        return opened.Choose(clips.Where(clip => !opened.Learned(clip)), choice);
    }

    /// <summary>
    /// As <see cref="Choose"/>, but clips of all words of the corpus, also those that the run did not learn: in the run's own corpus
    /// those of speakers that it did not learn from, or, where there are none or speakers are unknown, those that it did not learn from.
    /// </summary>
    /// <inheritdoc cref="Choose"/>
    public static EvaluationClips ChooseOfAllWords(CorpusSource asked, RunCorpus? begun, string? list = null, Split? part = null)
    {
        var opened = JudgingCorpus.Open(asked, begun, list, allWords: true);
        if (opened.ChosenAlready(list, part) is { } chosen) return chosen;
        var heard = opened.Corpus.Clips.Where(opened.Learned).Select(clip => clip.Speaker).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var held = opened.Corpus.Clips.Where(clip => !opened.Learned(clip)).ToList();
        var unheard = held.FindAll(clip => clip.Speaker is { } speaker && !heard.Contains(speaker));
        string choice = unheard.Count > 0 ? "those of speakers that the run did not learn from"
            : "those that the run did not learn from, of speakers that it may have heard";
        if (unheard.Count > 0) held = unheard;
        return part is { } one
            ? opened.Choose(held.Where(clip => clip.Split == Split.Test == (one == Split.Test)), $"{PartName(one)}, {choice}")
            : opened.Choose(held, choice);
    }

    /// <summary>Those of some labels.</summary>
    public EvaluationClips Only(Func<string, bool> label) => this with
    {
        Clips = [.. Clips.Where(clip => label(clip.Label))],
        Learned = [.. Learned.Where(clip => label(clip.Label))],
    };

    private static string PartName(Split part) => $"the {part.ToString().ToLowerInvariant()} part";
}
