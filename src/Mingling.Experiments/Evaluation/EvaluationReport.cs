using System.Text.Json.Serialization;

namespace Mingling.Experiments.Evaluation;

/// <summary>How well a model recognises a set of clips. Its JSON form has these names in camel case.</summary>
public sealed record EvaluationReport
{
    /// <summary>The pairs of words that the JSON form holds: hundreds of words have tens of thousands.</summary>
    internal const int MostPairs = 1000;

    /// <summary>The number of clips that were judged.</summary>
    public required int Clips { get; init; }

    /// <summary>The share of clips that were recognised.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The 95 % interval of the accuracy (Wilson 1927). It takes clips as independent, though clips of one speaker are not quite.</summary>
    public required Interval AccuracyInterval { get; init; }

    /// <summary>Each word, worst first.</summary>
    public required IReadOnlyList<WordScore> Words { get; init; }

    /// <summary>Each speaker, worst first; empty where speakers are not known.</summary>
    public required IReadOnlyList<SpeakerScore> Speakers { get; init; }

    /// <summary>Each word that was taken for another, most frequent first.</summary>
    public required IReadOnlyList<Confusion> Confusions { get; init; }

    /// <summary>All pairs of words, those that are confused most first, then those whose embeddings lie closest.</summary>
    public required IReadOnlyList<SimilarPair> SimilarPairs { get; init; }

    /// <summary>How tight the words' embeddings are and how far apart.</summary>
    public required ClassDistances Distances { get; init; }

    /// <summary>Every clip that was not recognised.</summary>
    public required IReadOnlyList<Misrecognition> Errors { get; init; }

    /// <summary>Clips whose label the model does not know; they are not judged.</summary>
    public required int UnknownLabels { get; init; }

    /// <summary>Clips that could not be read; they are not judged.</summary>
    public required int Unreadable { get; init; }

    /// <summary>How well words that the model did not learn are refused; null where none were judged.</summary>
    public OpenSetReport? OpenSet { get; init; }

    /// <summary>How well the same clips are recognised in noise; null where that was not asked for.</summary>
    public NoiseReport? Noise { get; init; }

    /// <summary>The words in the order of the confusion matrix.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Clips by true word (first index) and recognised word (second), in the order of <see cref="Classes"/>.</summary>
    [JsonIgnore]
    public int[][] ConfusionMatrix { get; init; } = [];

    /// <summary>The number of all pairs of the words that were judged.</summary>
    public int WordPairs => Words.Count * (Words.Count - 1) / 2;

    /// <summary>
    /// The report as one JSON object. Of <see cref="SimilarPairs"/> it holds the first 1,000, because hundreds of words have tens of thousands; each
    /// one that was confused is in <see cref="Confusions"/> too.
    /// </summary>
    public string ToJson() => ReportJson.Serialize(this with { SimilarPairs = [.. SimilarPairs.Take(MostPairs)] });
}

/// <summary>An interval of a share.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public sealed record Interval(double Low, double High)
{
    /// <summary>The 95 % interval of a share by Wilson's score.</summary>
    /// <param name="hits">The number of hits.</param>
    /// <param name="all">The number of trials; with 0 the interval is 0 to 1.</param>
    public static Interval Wilson(int hits, int all)
    {
        if (all == 0) return new Interval(0, 1);
        const double z = 1.959964;
        double p = (double)hits / all, middle = p + z * z / (2.0 * all), spread = z * Math.Sqrt((p * (1 - p) + z * z / (4.0 * all)) / all);
        double scale = 1 + z * z / all;
        return new Interval(Math.Max(0, (middle - spread) / scale), Math.Min(1, (middle + spread) / scale));
    }
}

/// <summary>How well one word is recognised.</summary>
/// <param name="Word">The word.</param>
/// <param name="Clips">Its clips.</param>
/// <param name="Accuracy">The share of them that were recognised (recall).</param>
/// <param name="Precision">The share of right ones among the clips recognised as this word; null where there were none.</param>
public sealed record WordScore(string Word, int Clips, double Accuracy, double? Precision);

/// <summary>How well one speaker is understood.</summary>
/// <param name="Speaker">The speaker.</param>
/// <param name="Clips">The speaker's clips.</param>
/// <param name="Accuracy">The share of them that were recognised.</param>
public sealed record SpeakerScore(string Speaker, int Clips, double Accuracy);

/// <summary>A word that was taken for another.</summary>
/// <param name="Word">The word that was said.</param>
/// <param name="Recognized">The word that was recognised.</param>
/// <param name="Clips">How often.</param>
/// <param name="Share">The share of all clips of the word.</param>
public sealed record Confusion(string Word, string Recognized, int Clips, double Share);

/// <summary>Two words and how alike they are to the model.</summary>
/// <param name="First">One word.</param>
/// <param name="Second">The other.</param>
/// <param name="FirstAsSecond">The share of clips of the first that were recognised as the second.</param>
/// <param name="SecondAsFirst">The share of clips of the second that were recognised as the first.</param>
/// <param name="DPrime">
/// The distance of the embeddings of the two along the line between their means, in standard deviations; null where a word has fewer
/// than two clips.
/// </param>
public sealed record SimilarPair(string First, string Second, double FirstAsSecond, double SecondAsFirst, double? DPrime);

/// <summary>Euclidean distances of embeddings, over all judged clips.</summary>
/// <param name="IntraClass">The mean distance of a clip to the mean of its word; null where no word has two clips.</param>
/// <param name="InterClass">The mean distance between the means of two words; null with fewer than two words.</param>
/// <param name="Ratio">Intra divided by inter: smaller is better.</param>
public sealed record ClassDistances(double? IntraClass, double? InterClass, double? Ratio);

/// <summary>A clip that was not recognised.</summary>
/// <param name="File">The clip's name in its corpus.</param>
/// <param name="Word">The word that was said.</param>
/// <param name="Recognized">The word that was recognised.</param>
/// <param name="Score">The probability that the model gave to the recognised word.</param>
/// <param name="Speaker">The speaker, where known.</param>
public sealed record Misrecognition(string File, string Word, string Recognized, double Score, string? Speaker);
