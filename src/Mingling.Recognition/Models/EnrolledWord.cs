namespace Mingling.Recognition.Models;

/// <summary>A word that was added to a trained model by a few examples.</summary>
/// <param name="Word">The word.</param>
/// <param name="Vector">Its prototype, of the embedding's size; only its direction counts; not all zeros.</param>
/// <param name="Count">The number of examples that it is the mean of, at least 1.</param>
/// <param name="Threshold">The lowest cosine of the angle to the prototype at which a clip is recognised as this word, −1 to 1.</param>
public sealed record EnrolledWord(string Word, float[] Vector, int Count, double Threshold);
