using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming;

/// <summary>Adds what verifiers say of commands to their scores; see <see cref="CommandVerifier"/>.</summary>
internal sealed class VerifiedScores
{
    // Scores are single precision: nearer to 0 or 1 they tell nothing.
    private const double Least = 1e-9;

    private readonly (int Class, CommandVerifier Verifier)[] _verifiers;

    /// <param name="classes">The words, in the order of the scores.</param>
    /// <param name="verifiers">The verifiers of some of them.</param>
    public VerifiedScores(IReadOnlyList<string> classes, IEnumerable<CommandVerifier> verifiers)
    {
        string[] words = [.. classes];
        _verifiers = [.. verifiers.Select(verifier => (Array.IndexOf(words, verifier.Word), verifier))];
    }

    /// <summary>Changes the scores of the commands that have a verifier.</summary>
    /// <param name="embedding">The embedding of a window.</param>
    /// <param name="scores">The scores of all words, changed in place.</param>
    public void Apply(ReadOnlySpan<float> embedding, Span<float> scores)
    {
        double length = Direction.Length(embedding);
        if (length == 0) return;
        foreach (var (word, verifier) in _verifiers)
        {
            double score = scores[word];
            double odds = Math.Log(score + Least) - Math.Log(1 - score + Least) + Direction.Product(verifier.Weights, embedding) / length + verifier.Bias;
            scores[word] = (float)(1 / (1 + Math.Exp(-odds)));
        }
    }
}
