namespace Mingling.Recognition.Models;

/// <summary>
/// Where the words of a model lie among its embeddings. In a stream the posterior p of a command is multiplied by exp(β(c − 1)), where c is
/// the cosine between A(e − μ) and the direction of the word: a posterior says which of the words fits best, the distance whether any of them
/// fits at all.
/// </summary>
/// <param name="Mean">μ, the mean embedding, of the embedding's size D.</param>
/// <param name="Whitening">A, D x D row by row: the inverse square root of the covariance within words.</param>
/// <param name="Directions">For each command the mean of A(e − μ) over its clips, of which only the direction counts.</param>
/// <param name="Weight">β. Range: 0 or more.</param>
public sealed record EmbeddingGeometry(float[] Mean, float[] Whitening, IReadOnlyDictionary<string, float[]> Directions, double Weight)
{
    internal IEnumerable<string> Problems(ModelCard card)
    {
        int size = card.EmbeddingSize;
        if (Mean?.Length != size || Whitening?.Length != (long)size * size || Directions is null)
        {
            yield return "the geometry of the embeddings has another size than they";
            yield break;
        }
        if (!Mean.Concat(Whitening).All(float.IsFinite)) yield return "the geometry of the embeddings holds what is no number";
        if (!(Weight >= 0 && double.IsFinite(Weight))) yield return $"the weight of the geometry must be 0 or more, not {Weight}";
        foreach (var (word, direction) in Directions)
        {
            if (!card.Classes.Contains(word, StringComparer.Ordinal)) yield return $"there is a direction of '{word}', which is no class";
            if (direction?.Length != size || !direction.All(float.IsFinite)) yield return $"the direction of '{word}' does not fit the embedding";
        }
    }
}
