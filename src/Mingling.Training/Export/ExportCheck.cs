using Mingling.Recognition;
using Mingling.Training.Models;

namespace Mingling.Training.Export;

/// <summary>What the model in training says of some clips, to compare an exported one with.</summary>
/// <param name="Clips">The samples of the clips.</param>
/// <param name="Expected">What the model in training says of each.</param>
internal sealed record ExportCheck(IReadOnlyList<float[]> Clips, IReadOnlyList<ClipOutput> Expected)
{
    public static ExportCheck Run(CommandModel model, IReadOnlyList<float[]> clips) => new(clips, model.Recognize(clips));

    /// <summary>
    /// The largest difference: of posteriors as it is, because they are probabilities whatever the size of the embeddings; of embeddings as a
    /// share of their largest value or of 1. Infinite where there are not as many values as expected.
    /// </summary>
    public double LargestDifference(IReadOnlyList<RecognizedClip> outputs)
    {
        if (outputs.Count != Expected.Count) return double.PositiveInfinity;
        double posteriors = 0, embeddings = 0, scale = 1;
        foreach (var (expected, output) in Expected.Zip(outputs))
        {
            posteriors = Math.Max(posteriors, Difference(expected.Posteriors, output.Posteriors));
            embeddings = Math.Max(embeddings, Difference(expected.Embedding, output.Embedding));
            foreach (float value in expected.Embedding) scale = Math.Max(scale, Math.Abs(value));
        }
        return Math.Max(posteriors, embeddings / scale);
    }

    /// <summary>The share of the clips in which the most probable word is the same.</summary>
    public double Agreement(IReadOnlyList<RecognizedClip> outputs) => Expected.Zip(outputs).Average(pair => pair.First.Best == Best(pair.Second) ? 1.0 : 0.0);

    /// <summary>The share of the clips whose most probable word is their label; null where no label is a word of the model.</summary>
    public static double? Accuracy(IReadOnlyList<string> classes, IReadOnlyList<RecognizedClip> outputs, IReadOnlyList<string> labels)
    {
        var known = outputs.Zip(labels).Where(pair => classes.Contains(pair.Second, StringComparer.Ordinal)).ToList();
        return known.Count == 0 ? null : known.Average(pair => classes[Best(pair.First)] == pair.Second ? 1.0 : 0.0);
    }

    private static double Difference(float[] expected, float[] output)
    {
        if (expected.Length != output.Length) return double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)expected[i] - output[i]);
            largest = Math.Max(largest, double.IsNaN(difference) ? double.PositiveInfinity : difference);
        }
        return largest;
    }

    private static int Best(RecognizedClip output) => output.Posteriors.AsSpan().IndexOf(output.Posteriors.Max());
}
