using Mingling.Corpora;
using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Models;

namespace Mingling.Experiments.Evaluation;

/// <summary>Measures a model on labelled clips.</summary>
public static class Evaluator
{
    /// <summary>Recognises every clip and counts what was right.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clips">The clips, at the model's rate.</param>
    /// <param name="unreadable">The number of clips that could not be read, to be reported.</param>
    /// <param name="unknown">Clips of words that the model does not know, to see whether it refuses them; null or empty for none.</param>
    /// <exception cref="ArgumentException">No clip carries a word that the model knows, or an unknown one does.</exception>
    public static EvaluationReport Evaluate(
        IClipRecognizer model, IReadOnlyList<LoadedClip> clips, int unreadable = 0, IReadOnlyList<LoadedClip>? unknown = null)
    {
        var index = ClassNumbers.ByName(model.Classes);
        var judged = clips.Where(clip => index.ContainsKey(clip.Clip.Label)).ToList();
        if (judged.Count == 0)
            throw new ArgumentException($"none of the clips carries a word of the model; it knows {string.Join(", ", model.Classes)}.", nameof(clips));

        ClipOutput[] outputs = [.. Judge(model, judged).Select(clip => clip.Output)];
        return Report(model.Classes, judged, outputs, unreadable) with
        {
            OpenSet = unknown is { Count: > 0 } ? OpenSet(model, judged, outputs, unknown) : null,
            UnknownLabels = clips.Count - judged.Count,
        };
    }

    /// <summary>Counts what was right, of clips that were recognised already.</summary>
    /// <param name="classes">The words of the posteriors.</param>
    /// <param name="judged">The clips, at least one, each of one of these words.</param>
    /// <param name="outputs">What the model says of each.</param>
    /// <param name="unreadable">The number of clips that could not be read, to be reported.</param>
    internal static EvaluationReport Report(
        IReadOnlyList<string> classes, IReadOnlyList<LoadedClip> judged, ClipOutput[] outputs, int unreadable)
    {
        var index = ClassNumbers.ByName(classes);
        int[] labels = [.. judged.Select(clip => index[clip.Clip.Label])];
        int[][] matrix = [.. classes.Select(_ => new int[classes.Count])];
        for (int i = 0; i < labels.Length; i++) matrix[labels[i]][outputs[i].Best]++;

        int right = labels.Where((label, i) => outputs[i].Best == label).Count();
        var geometry = Geometry(outputs, labels);
        return new EvaluationReport
        {
            Clips = labels.Length,
            Accuracy = (double)right / labels.Length,
            AccuracyInterval = Interval.Wilson(right, labels.Length),
            Words = Words(classes, matrix),
            Speakers = Speakers(judged, outputs, labels),
            Confusions = Confusions(classes, matrix),
            SimilarPairs = SimilarPairs(classes, matrix, geometry),
            Distances = new ClassDistances(geometry.IntraClassDistance, geometry.InterClassDistance, geometry.IntraToInterRatio),
            Errors = [.. judged.Select((clip, i) => (clip, i)).Where(pair => outputs[pair.i].Best != labels[pair.i]).Select(pair =>
                new Misrecognition(pair.clip.Clip.Name, pair.clip.Clip.Label, classes[outputs[pair.i].Best],
                    outputs[pair.i].Posteriors.Max(), pair.clip.Clip.Speaker))],
            UnknownLabels = 0,
            Unreadable = unreadable,
            Classes = classes,
            ConfusionMatrix = matrix,
        };
    }

    /// <summary>Runs the model on clips.</summary>
    /// <param name="model">The model.</param>
    /// <param name="clips">The clips, at the model's rate.</param>
    /// <returns>Each clip's word and output, in the same order.</returns>
    public static IReadOnlyList<JudgedClip> Judge(IClipRecognizer model, IReadOnlyList<LoadedClip> clips)
    {
        var outputs = model.Recognize([.. clips.Select(clip => clip.Samples)]);
        return [.. clips.Zip(outputs, (clip, output) => new JudgedClip(clip.Clip.Label, output))];
    }

    private static OpenSetReport OpenSet(IClipRecognizer model, List<LoadedClip> judged, ClipOutput[] outputs, IReadOnlyList<LoadedClip> unknown)
    {
        var known = judged.Zip(outputs, (clip, output) => new JudgedClip(clip.Clip.Label, output));
        return OpenSetEvaluator.Evaluate([.. known.Where(clip => OpenSetEvaluator.IsWord(clip.Word))], Judge(model, unknown), model.Classes);
    }

    /// <summary>The geometry of the embeddings of labelled clips.</summary>
    internal static ClassGeometry Geometry(ClipOutput[] outputs, int[] labels) => ClassGeometry.Measure(EmbeddingMaps.EmbeddingsOf(outputs, labels));

    private static List<WordScore> Words(IReadOnlyList<string> classes, int[][] matrix) =>
        [.. classes.Select((word, i) =>
            {
                int said = matrix[i].Sum(), recognized = matrix.Sum(row => row[i]);
                double right = matrix[i][i];
                return new WordScore(word, said, said == 0 ? 0 : right / said, recognized == 0 ? null : right / recognized);
            })
            .Where(score => score.Clips > 0).OrderBy(score => score.Accuracy).ThenBy(score => score.Word, StringComparer.Ordinal)];

    private static List<SpeakerScore> Speakers(IReadOnlyList<LoadedClip> clips, IReadOnlyList<ClipOutput> outputs, int[] labels) =>
        [.. clips.Select((clip, i) => (clip.Clip.Speaker, Right: outputs[i].Best == labels[i]))
            .Where(pair => pair.Speaker is not null).GroupBy(pair => pair.Speaker!, StringComparer.Ordinal)
            .Select(group => new SpeakerScore(group.Key, group.Count(), group.Average(pair => pair.Right ? 1.0 : 0.0)))
            .OrderBy(score => score.Accuracy).ThenBy(score => score.Speaker, StringComparer.Ordinal)];

    private static List<Confusion> Confusions(IReadOnlyList<string> classes, int[][] matrix) =>
        [.. from i in Enumerable.Range(0, classes.Count)
            from k in Enumerable.Range(0, classes.Count)
            where i != k && matrix[i][k] > 0
            orderby matrix[i][k] descending, i, k
            select new Confusion(classes[i], classes[k], matrix[i][k], Rate(matrix, i, k))];

    private static List<SimilarPair> SimilarPairs(IReadOnlyList<string> classes, int[][] matrix, ClassGeometry geometry) =>
        [.. geometry.Pairs
            .Select(pair => new SimilarPair(classes[(int)pair.First], classes[(int)pair.Second],
                Rate(matrix, (int)pair.First, (int)pair.Second), Rate(matrix, (int)pair.Second, (int)pair.First), pair.DPrime))
            .OrderByDescending(pair => pair.FirstAsSecond + pair.SecondAsFirst).ThenBy(pair => pair.DPrime ?? double.PositiveInfinity)];

    private static double Rate(int[][] matrix, int said, int recognized)
    {
        int all = matrix[said].Sum();
        return all == 0 ? 0 : (double)matrix[said][recognized] / all;
    }
}
