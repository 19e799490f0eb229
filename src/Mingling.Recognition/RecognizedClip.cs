namespace Mingling.Recognition;

/// <summary>The result for a clip.</summary>
/// <param name="Word">
/// The word; null where the clip was rejected, because nothing can be heard in it, no word reaches its threshold or a class that is no command (<c>_unknown_</c>,
/// <c>_silence_</c>) came closest.
/// </param>
/// <param name="Best">The word or class that came closest, even where the clip was rejected.</param>
/// <param name="Score">
/// The score of that word: the posterior (0 to 1) of a trained word, the cosine (−1 to 1) of the embedding to the prototype of an
/// enrolled one.
/// </param>
/// <param name="IsEnrolled">Whether it is an enrolled word.</param>
/// <param name="Posteriors">The probability of each trained word, in the order of the card's classes; they sum to 1.</param>
/// <param name="Embedding">The embedding, of the card's size.</param>
public sealed record RecognizedClip(string? Word, string Best, double Score, bool IsEnrolled, float[] Posteriors, float[] Embedding);
