using Mingling.Recognition.Inference;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Enrollment;

/// <summary>
/// A word from the embeddings of its examples. Each example x of length 1 gives the prototype 0.75 x + m, where m is the mean of all of them,
/// brought to length 1: a clip may be near to one way of saying the word as well as to the mean. The threshold lies half way between two
/// similarities: that of an example to the word made of the others, on average, and what only the allowed share of other words exceeds. Where
/// other words are known, the former is at least 0.55, and 0.65 with a single example; where none are known, it is 0.9 with a single example,
/// and the latter is that of the nearest command, or 0.5.
/// </summary>
public static class EmbeddedExamples
{
    // Found on the words of 18 speakers and checked on others (docs/base.md).
    private const float ShareOfExample = 0.75f;
    private const double LeastOwn = 0.55, OwnOfOne = 0.65, OwnOfOneAlone = 0.9, OtherAlone = 0.5;

    /// <summary>Makes a word of the embeddings of its examples.</summary>
    /// <param name="word">Its name.</param>
    /// <param name="examples">The embeddings [D] of its examples, of any length; at least one, and none of length 0.</param>
    /// <param name="others">Embeddings of other words, which the threshold holds off (<see cref="ModelCard.Cohort"/>); may be empty.</param>
    /// <param name="falseAcceptanceRate">The share of the others that may reach the threshold. Range: above 0, below 1. Default: 0.01.</param>
    /// <exception cref="ArgumentException">There is no example.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static EnrolledWord Enroll(string word, IReadOnlyList<float[]> examples, IReadOnlyList<float[]> others, double falseAcceptanceRate = 0.01)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(others);
        if (examples.Count == 0) throw new ArgumentException("A word needs at least one example.", nameof(examples));
        if (!(falseAcceptanceRate is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(falseAcceptanceRate), falseAcceptanceRate, "The share must be above 0 and below 1.");
        float[][] directions = [.. examples.Select(example => Direction.Normalize(example))];
        var made = WithoutThreshold(word, Mean(directions), directions);
        double? exceeded = Exceeded(made, others, falseAcceptanceRate);
        return made with { Threshold = Threshold(OwnSimilarities(directions), exceeded, exceeded) };
    }

    /// <summary>The direction of the mean of directions.</summary>
    internal static float[] Mean(IReadOnlyList<float[]> directions) =>
        Direction.Normalize([.. Enumerable.Range(0, directions[0].Length).Select(i => directions.Average(direction => direction[i]))]);

    /// <summary>A word with the prototypes of some examples; one of a single example needs none beside the mean.</summary>
    /// <param name="word">Its name.</param>
    /// <param name="mean">The direction of the mean.</param>
    /// <param name="directions">The directions of the examples; none leaves the mean alone.</param>
    internal static EnrolledWord WithoutThreshold(string word, float[] mean, IReadOnlyList<float[]> directions) =>
        new(word, mean, Math.Max(1, directions.Count), 0)
        {
            Prototypes = directions.Count < 2 ? null : [.. directions.Select(direction => Rounded(Direction.Normalize([.. direction.Zip(mean, (x, m) => ShareOfExample * x + m)])))],
        };

    /// <summary>The similarity of each example to the word made of the others; empty for a single one.</summary>
    internal static double[] OwnSimilarities(IReadOnlyList<float[]> directions) => directions.Count < 2 ? [] :
    [
        .. directions.Select((direction, i) =>
        {
            float[][] rest = [.. directions.Where((_, j) => j != i)];
            return new WordSimilarity(WithoutThreshold("", Mean(rest), rest)).Measure(direction);
        }),
    ];

    /// <summary>The usual similarity of a single example to another one.</summary>
    /// <param name="knowsOthers">Whether the model knows other words: its embeddings spread more than those of a model of few words.</param>
    internal static double UsualSimilarity(bool knowsOthers) => knowsOthers ? OwnOfOne : OwnOfOneAlone;

    /// <param name="similarities">The similarity of each example to the word made of the others.</param>
    /// <param name="other">The similarity of what the word must be told from; null where nothing is known.</param>
    /// <param name="least">What the allowed share of other words reaches; null where none are known.</param>
    internal static double Threshold(IReadOnlyList<double> similarities, double? other, double? least)
    {
        double own = similarities.Count == 0 ? UsualSimilarity(least is not null) : similarities.Average();
        if (least is not null) own = Math.Max(own, LeastOwn);
        return Math.Clamp(Math.Max((own + (other ?? OtherAlone)) / 2, least ?? -1), -1, 1);
    }

    /// <summary>The similarity that only the allowed share of others exceeds; null without others.</summary>
    internal static double? Exceeded(EnrolledWord word, IReadOnlyList<float[]> others, double share)
    {
        if (others.Count == 0) return null;
        var similarity = new WordSimilarity(word);
        double[] similarities = [.. others.Select(other => similarity.Measure(other)).OrderDescending()];
        return similarities[Math.Min(similarities.Length - 1, (int)(share * similarities.Length))];
    }

    // Half of the text in the file; what is cut off is far below what any noise moves.
    private static float[] Rounded(float[] direction) => [.. direction.Select(x => MathF.Round(x, 5))];
}
