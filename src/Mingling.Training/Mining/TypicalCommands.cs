using Mingling.Training.Data;
using Mingling.Training.Models;

namespace Mingling.Training.Mining;

/// <summary>How the model of some epoch hears the commands of the training set, so that other sound can be told to be as much like one.</summary>
internal sealed class TypicalCommands
{
    private readonly float[]?[] _means;
    private readonly float[] _posteriors, _cosines;

    /// <param name="outputs">What the model says of the training clips.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="classes">The number of classes.</param>
    public TypicalCommands(IReadOnlyList<ClipOutput> outputs, int[] labels, int classes)
    {
        (_means, _posteriors, _cosines) = (new float[]?[classes], new float[classes], new float[classes]);
        foreach (var own in Enumerable.Range(0, outputs.Count).GroupBy(i => labels[i]))
        {
            float[] mean = EmbeddingMath.MeanDirection(own.Select(i => outputs[i].Embedding));
            _means[own.Key] = mean;
            _posteriors[own.Key] = Quartile(own.Select(i => outputs[i].Posteriors[own.Key]));
            _cosines[own.Key] = Quartile(own.Select(i => Cosine(outputs[i].Embedding, mean)));
        }
    }

    /// <summary>Whether a model is as sure of a command, and its embedding as near to the mean of it, as with a quarter of its training clips.</summary>
    public bool Include(ClipOutput output, int command) =>
        _means[command] is { } mean && output.Posteriors[command] >= _posteriors[command] && Cosine(output.Embedding, mean) >= _cosines[command];

    private static float Cosine(float[] a, float[] b) => (float)(EmbeddingMath.Dot(a, b) / (EmbeddingMath.Length(a) * EmbeddingMath.Length(b)));

    private static float Quartile(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 4];
    }
}
