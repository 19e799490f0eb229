namespace Mingling.Training.Export;

/// <summary>Where the words of a model lie: the mean of the embeddings of some clips of each, every embedding divided by its length.</summary>
internal static class WordPrototypes
{
    /// <param name="clips">Clips of its words with their embeddings.</param>
    /// <returns>By word; empty where there is no clip of any.</returns>
    public static IReadOnlyDictionary<string, float[]> Compute(IReadOnlyList<(string Word, float[] Embedding)> clips) => clips
        .GroupBy(clip => clip.Word, clip => Unit(clip.Embedding), StringComparer.Ordinal)
        .ToDictionary(word => word.Key, word => Mean([.. word]), StringComparer.Ordinal);

    private static float[] Unit(float[] vector)
    {
        double length = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => (float)(x / Math.Max(length, 1e-12)))];
    }

    private static float[] Mean(float[][] vectors) => [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];
}
