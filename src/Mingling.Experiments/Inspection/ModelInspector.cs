using Mingling.Corpora;
using Mingling.Corpora.Inspection;
using Mingling.Experiments.Evaluation;
using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Inspection;

/// <summary>Lets a trained model say what is wrong with a corpus: wrong labels, recordings in two splits, clips without a word.</summary>
public static class ModelInspector
{
    /// <summary>Recognises all clips of a corpus' classes and looks at what does not fit.</summary>
    /// <remarks>
    /// The model may have learned from these clips, wrong labels and all: <see cref="LabelCheck"/> asks the neighbours of each clip too,
    /// those of its own speaker left out.
    /// </remarks>
    /// <param name="corpus">The corpus; clips that cannot be read are passed over.</param>
    /// <param name="splits">How it is divided; null where it is not, and then no recording is in two splits.</param>
    /// <param name="model">The model.</param>
    /// <param name="most">How many findings of each kind are listed, at least 1. Default 100.</param>
    /// <param name="parallelism">The number of threads, at least 1; the result does not depend on it. Default 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="CorpusException">No clip that can be read carries a word that the model knows.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static ModelInspection Inspect(
        Corpus corpus, CorpusSplits? splits, IClipRecognizer model, int most = 100, int parallelism = 1, CancellationToken cancellation = default) =>
        Inspect(corpus, splits, model, new InspectedFiles(room: 0), most, parallelism, cancellation);

    /// <summary>The same, but files come from where each is decoded once.</summary>
    internal static ModelInspection Inspect(
        Corpus corpus, CorpusSplits? splits, IClipRecognizer model, InspectedFiles sounds, int most, int parallelism, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var words = ClassNumbers.ByName(model.Classes);
        if (!corpus.Clips.Any(clip => words.ContainsKey(clip.Label))) throw Strange(corpus, model);
        var clips = ClipLoader.Load(corpus.Clips, clip => sounds.Read(clip, model.SampleRate), parallelism, strict: false, cancellation).Clips;
        int[] known = [.. Enumerable.Range(0, clips.Count).Where(i => words.ContainsKey(clips[i].Clip.Label))];
        if (known.Length == 0) throw Strange(corpus, model);

        var outputs = model.Recognize([.. clips.Select(clip => clip.Samples)]);
        cancellation.ThrowIfCancellationRequested();
        var splitOf = splits?.SplitOfClips() ?? [];
        Split?[] sides = [.. clips.Select(clip => splitOf.GetValueOrDefault(clip.Clip))];
        return new ModelInspection
        {
            Judged = known.Length,
            NotJudged = clips.Count - known.Length,
            UnknownWords = [.. clips.Select(clip => clip.Clip.Label).Where(label => !words.ContainsKey(label)).Distinct().Order(StringComparer.Ordinal)],
            Suspects = Findings<SuspectLabel>.Take(Suspects(clips, sides, outputs, known, model.Classes, words, parallelism), most),
            NearDuplicates = Findings<NearDuplicate>.Take(NearDuplicateSearch.Find(clips, sides, model.SampleRate, parallelism, cancellation), most),
            Speechless = Findings<SpeechlessClip>.Take(Speechless(clips, model.SampleRate), most),
        };
    }

    private static CorpusException Strange(Corpus corpus, IClipRecognizer model) => new(
        $"no clip of {corpus.Root} that can be read carries a word of the model; it knows {string.Join(", ", model.Classes)}.");

    private static List<SuspectLabel> Suspects(
        IReadOnlyList<LoadedClip> clips, Split?[] sides, IReadOnlyList<ClipOutput> outputs, int[] known, IReadOnlyList<string> classes,
        Dictionary<string, int> words, int threads)
    {
        ClipOutput[] judged = [.. known.Select(i => outputs[i])];
        var embeddings = EmbeddingMaps.EmbeddingsOf(judged, [.. known.Select(i => words[clips[i].Clip.Label])]);
        var verdicts = LabelCheck.Judge(embeddings, EmbeddingMaps.PosteriorsOf(judged), Speakers([.. known.Select(i => clips[i].Clip.Speaker)]), threads);
        return
        [
            .. known.Zip(verdicts)
                .Where(pair => pair.Second.IsSuspect)
                .OrderByDescending(pair => pair.Second.Score)
                .Select(pair =>
                {
                    var (i, verdict) = pair;
                    var clip = clips[i].Clip;
                    return new SuspectLabel(clip.Name, clip.Label, classes[(int)verdict.Likely], verdict.Score, clip.Speaker, sides[i]);
                }),
        ];
    }

    /// <summary>A number for each speaker; −1 where it is unknown.</summary>
    private static int[] Speakers(IReadOnlyList<string?> names)
    {
        var numbers = ClassNumbers.ByName([.. names.OfType<string>().Distinct(StringComparer.Ordinal)]);
        return [.. names.Select(name => name is null ? -1 : numbers[name])];
    }

    /// <summary>Of the clips of silence nothing else is expected.</summary>
    private static List<SpeechlessClip> Speechless(IReadOnlyList<LoadedClip> clips, int sampleRate) =>
    [
        .. clips.Where(clip => clip.Clip.Label != CorpusClip.SilenceLabel)
            .Select(clip => new SpeechlessClip(clip.Clip.Name, clip.Clip.Label, SpeechContrast.Measure(clip.Samples, sampleRate)))
            .Where(clip => clip.ContrastDb < SpeechContrast.SteadyDb)
            .OrderBy(clip => clip.ContrastDb),
    ];
}
