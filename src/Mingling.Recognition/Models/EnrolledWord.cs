using System.Text.Json.Serialization;

namespace Mingling.Recognition.Models;

/// <summary>A word that was added to a trained model by a few examples.</summary>
/// <param name="Word">The word.</param>
/// <param name="Vector">The mean of its examples, of the embedding's size; only its direction counts; not all zeros.</param>
/// <param name="Count">The number of examples that it is the mean of, at least 1.</param>
/// <param name="Threshold">The lowest similarity, a cosine, at which a clip is recognised as this word, −1 to 1.</param>
public sealed record EnrolledWord(string Word, float[] Vector, int Count, double Threshold)
{
    /// <summary>
    /// Prototypes, each of the embedding's size, of which only the direction counts; not all zeros. The similarity of a clip is the largest
    /// cosine of the angle to one of them. Null, and left out of the JSON, where <see cref="Vector"/> is the only one. Default: null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<float[]>? Prototypes { get; init; }
}
