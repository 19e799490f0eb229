using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>How similar embeddings are to an enrolled word. Immutable, for any number of threads.</summary>
public sealed class WordSimilarity
{
    private readonly float[][] _directions;

    /// <summary>Takes the prototypes of a word.</summary>
    /// <param name="word">The word.</param>
    public WordSimilarity(EnrolledWord word)
    {
        ArgumentNullException.ThrowIfNull(word);
        _directions = [.. DirectionsOf(word)];
    }

    /// <summary>The largest cosine of the angle to a prototype, −1 to 1; 0 for an embedding of length 0.</summary>
    /// <param name="embedding">The embedding, of the size of the prototypes.</param>
    public double Measure(ReadOnlySpan<float> embedding)
    {
        double largest = -1;
        foreach (float[] direction in _directions) largest = Math.Max(largest, Direction.Cosine(direction, embedding));
        return largest;
    }

    /// <summary>The prototypes of a word, each of length 1.</summary>
    internal static IEnumerable<float[]> DirectionsOf(EnrolledWord word) =>
        (word.Prototypes ?? [word.Vector]).Select(prototype => Direction.Normalize(prototype));
}
