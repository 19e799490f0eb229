using Mingling.Corpora;
using Mingling.Recognition;

namespace Mingling.Training.Export;

/// <summary>Where the words of a model lie: the mean of the embeddings of some clips of each, every embedding divided by its length.</summary>
internal static class WordPrototypes
{
    /// <param name="recognizer">The model.</param>
    /// <param name="clips">Clips of its words; others are passed over.</param>
    /// <returns>By word; empty where there is no clip of any.</returns>
    public static IReadOnlyDictionary<string, float[]> Compute(Recognizer recognizer, IReadOnlyList<LoadedClip> clips)
    {
        LoadedClip[] known = [.. clips.Where(clip => recognizer.Card.Classes.Contains(clip.Clip.Label))];
        var results = recognizer.RecognizeAll([.. known.Select(clip => clip.Samples)]);
        return known.Zip(results, (clip, result) => (clip.Clip.Label, result.Embedding))
            .GroupBy(pair => pair.Label, pair => Unit(pair.Embedding), StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => Mean([.. word]), StringComparer.Ordinal);
    }

    private static float[] Unit(float[] vector)
    {
        double length = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => (float)(x / Math.Max(length, 1e-12)))];
    }

    private static float[] Mean(float[][] vectors) => [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
}
