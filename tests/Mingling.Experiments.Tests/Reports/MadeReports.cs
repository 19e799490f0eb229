using Mingling.Experiments.Comparison;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Figures;
using Mingling.MetricLearning.Evaluation;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Tests.Reports;

/// <summary>What figures are drawn of, without any training.</summary>
internal static class MadeReports
{
    /// <summary>Words with markup, from right to left, joined, in several scripts, and one that no label has room for.</summary>
    public static readonly string[] Words =
        ["<b>&\"", "أغلق", "מים", "停", "turn on", "ありがとう", "a command that is longer than any label has room for, and goes on", "x\u0001\ud800]]>"];

    public static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => i < Words.Length ? Words[i] : $"word {i}")];

    public static EvaluationReport Evaluated(string[] words, int speakers, int clips, double error, int seed)
    {
        var random = new Random(seed);
        int[][] matrix = [.. words.Select(_ => new int[words.Length])];
        for (int i = 0; i < words.Length; i++)
            for (int k = 0; k < clips; k++) matrix[i][random.NextDouble() < error ? random.Next(words.Length) : i]++;
        int right = words.Select((_, i) => matrix[i][i]).Sum(), all = Math.Max(1, words.Length * clips);
        var pairs = from i in Enumerable.Range(0, words.Length) from k in Enumerable.Range(0, words.Length) where i != k select (i, k);
        return new EvaluationReport
        {
            Clips = words.Length * clips,
            Accuracy = (double)right / all,
            AccuracyInterval = Interval.Wilson(right, all),
            Words = [.. words.Select((word, i) => new WordScore(word, clips, matrix[i][i] / (double)clips, 1)).OrderBy(word => word.Accuracy)],
            Speakers = [.. Enumerable.Range(0, speakers).Select(i => new SpeakerScore($"<s{i}>", 4, i % 5 / 4.0)).OrderBy(speaker => speaker.Accuracy)],
            Confusions = [.. pairs.Where(pair => matrix[pair.i][pair.k] > 0).OrderByDescending(pair => matrix[pair.i][pair.k])
                .Select(pair => new Confusion(words[pair.i], words[pair.k], matrix[pair.i][pair.k], matrix[pair.i][pair.k] / (double)clips))],
            SimilarPairs = [.. pairs.Where(pair => pair.i < pair.k).Select(pair => new SimilarPair(words[pair.i], words[pair.k],
                matrix[pair.i][pair.k] / (double)clips, matrix[pair.k][pair.i] / (double)clips, clips < 2 ? null : 8 * random.NextDouble()))],
            Distances = new ClassDistances(1, 2, 0.5),
            Errors = [],
            UnknownLabels = 0,
            Unreadable = 0,
            Classes = words,
            ConfusionMatrix = matrix,
        };
    }

    public static EmbeddingMap Map(int words, int clips, int seed)
    {
        var random = new Random(seed);
        return new EmbeddingMap("t-SNE, perplexity 30", [.. Enumerable.Range(0, words * clips).Select(i => new MapPoint(
            10 * (i % words) + random.NextDouble(), random.NextDouble() - i % words, i % words, i % 17 == 3, i % 19 == 5))]);
    }

    public static EpochReport Epoch(int number, double loss, double? accuracy, bool triplets) => new(number,
        new LossParts(loss, [new LossPartValue("softmax", 1, 0.9 * loss), new LossPartValue("center", number > 1 ? 0.01 : 0, number > 1 ? 0.001 * loss : 0)]),
        accuracy, accuracy, accuracy is null ? null : loss, 0.001, 1, 1, Best: accuracy is not null && number == 1, new EmbeddingReport(loss, 1,
            triplets ? new TripletShares(0.5, 0.3, 0.2) : null, accuracy is null ? null : 1, accuracy is null ? null : 2, null, null));

    public static ComparisonReport Compared(params (string Loss, double? Accuracy, double? Deviation, bool? Real)[] variants) => new()
    {
        Variants = [.. variants.Select((variant, i) => new VariantScore
        {
            Loss = variant.Loss,
            Accuracy = variant.Accuracy,
            AccuracyDeviation = variant.Deviation,
            AccuracyDifference = i == 0 ? null : variant.Accuracy - variants[0].Accuracy,
            Real = variant.Real,
            Runs = [.. Enumerable.Range(1, 2).Select(fold => new RunScore($"{i}-{fold}", fold, 1, variant.Accuracy, 1, "", null, []))],
            Probes = [],
        })],
        SimilarPairs = [],
        Folds = 2,
        SpeakersKnown = true,
        Seeds = 1,
        Epochs = 1,
        Words = Words,
        HeldOutWords = [],
        ValidationClips = 10,
        FinishedRuns = 2 * variants.Length,
        FailedRuns = 0,
        MissingRuns = 0,
    };

    public static NamedCurve Curve(string name, int trials, double apart)
    {
        var random = new Random(trials);
        double Score() => Enumerable.Range(0, 6).Sum(_ => random.NextDouble());
        return new NamedCurve(name, VerificationCurve.FromScores(
            [.. Enumerable.Range(0, trials).Select(_ => Score() + apart)], [.. Enumerable.Range(0, 3 * trials).Select(_ => Score())]));
    }
}
