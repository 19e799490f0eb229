using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming;

/// <summary>Lowers the posteriors of commands whose embeddings are far from the present one; see <see cref="EmbeddingGeometry"/>. For one thread.</summary>
internal sealed class WordDistances
{
    private readonly EmbeddingGeometry _geometry;
    private readonly float[]?[] _directions;
    private readonly float[] _centered, _whitened;

    public WordDistances(ModelCard card, EmbeddingGeometry geometry)
    {
        _geometry = geometry;
        _directions = [.. card.Classes.Select(word => geometry.Directions.TryGetValue(word, out float[]? direction) ? Direction.Normalize(direction) : null)];
        (_centered, _whitened) = (new float[card.EmbeddingSize], new float[card.EmbeddingSize]);
    }

    /// <summary>Multiplies the scores of the commands.</summary>
    /// <param name="embedding">The embedding of a window.</param>
    /// <param name="scores">The posteriors of the trained classes, changed in place.</param>
    public void Apply(ReadOnlySpan<float> embedding, Span<float> scores)
    {
        int size = _centered.Length;
        for (int i = 0; i < size; i++) _centered[i] = embedding[i] - _geometry.Mean[i];
        for (int i = 0; i < size; i++) _whitened[i] = Direction.Product(_geometry.Whitening.AsSpan(i * size, size), _centered);
        for (int word = 0; word < _directions.Length; word++)
        {
            if (_directions[word] is not { } direction) continue;
            scores[word] *= (float)Math.Exp(_geometry.Weight * (Direction.Cosine(direction, _whitened) - 1));
        }
    }
}
