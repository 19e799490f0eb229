namespace Mingling.Recognition.Models;

/// <summary>
/// A second look at a command: whether it is said as in a few recordings of it by one person, or anything else is. In a stream the score s of
/// the command becomes 1 / (1 + exp(−(ln(s / (1 − s)) + w·e/|e| + b))) with the embedding e of the window, the weights w and the bias b: its
/// log odds and those of a logistic regression on the direction of the embedding are added up. Clips are recognised without it.
/// </summary>
/// <param name="Word">The command, trained or enrolled.</param>
/// <param name="Weights">w, of the embedding's size.</param>
/// <param name="Bias">b.</param>
/// <param name="Count">The number of recordings that it learned the command from, at least 1.</param>
public sealed record CommandVerifier(string Word, float[] Weights, double Bias, int Count)
{
    internal static IEnumerable<string> Problems(ModelCard card, IReadOnlyList<CommandVerifier> verifiers)
    {
        foreach (var verifier in verifiers)
        {
            if (verifier is null)
            {
                yield return "a verifier is null";
                continue;
            }
            string word = verifier.Word ?? "";
            bool exists = card.Classes.Contains(word, StringComparer.Ordinal) || card.Enrolled.Any(enrolled => enrolled?.Word == word);
            if (!exists || !Vocabulary.IsCommand(word)) yield return $"there is a verifier of '{word}', which is no command of the model";
            if (verifier.Weights?.Length != card.EmbeddingSize) yield return $"the verifier of '{word}' has {verifier.Weights?.Length ?? 0} weights instead of {card.EmbeddingSize}";
            else if (!verifier.Weights.All(float.IsFinite) || !double.IsFinite(verifier.Bias)) yield return $"the verifier of '{word}' holds what is no number";
            if (verifier.Count < 1) yield return $"the verifier of '{word}' has {verifier.Count} recordings instead of at least 1";
        }
        foreach (string? twice in ModelCardCheck.Twice(verifiers.Select(verifier => verifier?.Word))) yield return $"'{twice}' has two verifiers";
    }
}
