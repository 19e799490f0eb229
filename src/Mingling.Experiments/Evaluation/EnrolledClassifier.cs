using Mingling.MetricLearning.Evaluation;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Inference;

namespace Mingling.Experiments.Evaluation;

/// <summary>Classifies clips by words that are enrolled as <c>mingling enroll</c> does.</summary>
internal static class EnrolledClassifier
{
    /// <summary>The most similar word of each query. Its distance is by how much the query misses the threshold of the word that it exceeds most.</summary>
    /// <param name="queries">The clips to classify.</param>
    /// <param name="enrolled">The enrolled clips with their words.</param>
    /// <param name="others">Embeddings of other words, for the thresholds; may be empty.</param>
    /// <exception cref="ArgumentException">Queries and enrolled clips differ in size.</exception>
    public static NeighborVerdict[] Classify(EmbeddingSet<double> queries, EmbeddingSet<double> enrolled, IReadOnlyList<float[]> others)
    {
        if (queries.Dimension != enrolled.Dimension)
            throw new ArgumentException($"queries of dimension {queries.Dimension} cannot be compared with enrolled clips of dimension {enrolled.Dimension}.", nameof(queries));
        var words = Enumerable.Range(0, enrolled.Count).GroupBy(enrolled.LabelOf)
            .Select(clips => (Label: clips.Key, Word: EmbeddedExamples.Enroll("", [.. clips.Select(clip => Row(enrolled, clip))], others)))
            .Select(word => (word.Label, word.Word.Threshold, Similarity: new WordSimilarity(word.Word))).ToArray();
        return [.. Enumerable.Range(0, queries.Count).Select(i =>
        {
            float[] query = Row(queries, i);
            double[] similarities = [.. words.Select(word => word.Similarity.Measure(query))];
            double excess = words.Zip(similarities, (word, similarity) => similarity - word.Threshold).Max();
            return new NeighborVerdict(words[Array.IndexOf(similarities, similarities.Max())].Label, -excess);
        })];
    }

    private static float[] Row(EmbeddingSet<double> set, int i)
    {
        var row = set.Row(i);
        float[] values = new float[row.Length];
        for (int k = 0; k < values.Length; k++) values[k] = (float)row[k];
        return values;
    }
}
