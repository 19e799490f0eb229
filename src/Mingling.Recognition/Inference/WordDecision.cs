using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>
/// Decides which word the outputs of a model mean: the most similar enrolled word that reaches its threshold; without one, the most probable
/// trained word (the first of equals), which is accepted where it reaches its threshold. Immutable, for any number of threads.
/// </summary>
internal sealed class WordDecision
{
    private readonly string[] _classes;
    private readonly double[] _thresholds;
    private readonly EnrolledWord[] _enrolled;
    private readonly WordSimilarity[] _similarities;

    public WordDecision(ModelCard card)
    {
        _classes = [.. card.Classes];
        _thresholds = [.. card.Classes.Select(word => card.Thresholds.TryGetValue(word, out double threshold) ? threshold : 0)];
        _enrolled = [.. card.Enrolled];
        _similarities = [.. card.Enrolled.Select(enrolled => new WordSimilarity(enrolled))];
    }

    /// <summary>Decides on one clip.</summary>
    /// <param name="posteriors">One for each class.</param>
    /// <param name="embedding">The embedding.</param>
    public (string Best, double Score, bool IsAccepted, bool IsEnrolled) Decide(ReadOnlySpan<float> posteriors, ReadOnlySpan<float> embedding)
    {
        int nearest = -1;
        double similarity = double.NegativeInfinity;
        for (int i = 0; i < _enrolled.Length; i++)
        {
            double similar = _similarities[i].Measure(embedding);
            if (similar >= _enrolled[i].Threshold && similar > similarity) (nearest, similarity) = (i, similar);
        }
        if (nearest >= 0) return (_enrolled[nearest].Word, similarity, true, true);

        int best = 0;
        for (int i = 1; i < posteriors.Length; i++)
            if (posteriors[i] > posteriors[best]) best = i;
        return (_classes[best], posteriors[best], posteriors[best] >= _thresholds[best], false);
    }
}
