using Mingling.Recognition;
using Mingling.Recognition.Models;
using Mingling.Training.Corpora;

namespace Mingling.Cli;

/// <summary>Tells a model file where its words lie, so that new words can be compared with them.</summary>
internal static class ExportPrototypes
{
    /// <summary>Adds to the card the mean direction of the embeddings of each word.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="clips">Clips of its words; others are passed over.</param>
    public static void Add(string path, IReadOnlyList<LoadedClip> clips)
    {
        using var recognizer = Recognizer.Load(path);
        LoadedClip[] known = [.. clips.Where(clip => recognizer.Card.Classes.Contains(clip.Clip.Label))];
        if (known.Length == 0) return;
        var results = recognizer.RecognizeAll([.. known.Select(clip => clip.Samples)]);
        var prototypes = known.Zip(results, (clip, result) => (clip.Clip.Label, result.Embedding))
            .GroupBy(pair => pair.Label, pair => Unit(pair.Embedding), StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => Mean([.. word]), StringComparer.Ordinal);
        ModelFile.WriteCard(path, recognizer.Card with { Prototypes = prototypes });
    }

    private static float[] Unit(float[] vector)
    {
        double length = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => (float)(x / Math.Max(length, 1e-12)))];
    }

    private static float[] Mean(float[][] vectors) => [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
}
