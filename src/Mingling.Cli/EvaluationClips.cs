using Mingling.Training;
using Mingling.Training.Corpora;
using Mingling.Training.Runs;

namespace Mingling.Cli;

/// <summary>Chooses which clips of a corpus judge a model.</summary>
internal static class EvaluationClips
{
    /// <summary>
    /// The clips of the list where one is given. Otherwise every clip of the corpus that the run did not learn from: in its own corpus
    /// those are the held-out ones, in another corpus all of them.
    /// </summary>
    /// <returns>The clips, and one sentence on how they were chosen.</returns>
    public static (IReadOnlyList<CorpusClip> Clips, string Choice) Choose(CorpusSource source, RunManifest manifest, string? list)
    {
        var begun = manifest.Corpus.Source;
        if (list is not null)
        {
            var options = source.Options with { TrainList = null, ValidationList = null, TestList = list };
            var listed = Corpus.Open(source.Path, options).Clips.Where(clip => clip.Split == Split.Test).ToList();
            return (listed, $"the clips of {list}");
        }
        // The run's own corpus is read as it was for training, so that a pattern or a list need not be repeated.
        bool own = Path.GetFullPath(begun.Path) == source.Path;
        var options2 = own && source.Options == new CorpusOptions() ? begun.Options : source.Options;
        var corpus = Corpus.Open(source.Path, options2);
        if (!own) return (corpus.Clips, "all clips of the corpus");
        var learned = manifest.Corpus.TrainingClips.ToHashSet(StringComparer.Ordinal);
        CorpusClip[] held = [.. corpus.Clips.Where(clip => !learned.Contains(PreparedCorpus.ClipId(clip)))];
        return (held, "the clips that the run did not learn from");
    }
}
