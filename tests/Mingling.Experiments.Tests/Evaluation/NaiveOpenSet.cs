using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Tests.Evaluation;

/// <summary>The few-shot protocol and its figures written down as their definitions say, over pairs and thresholds.</summary>
internal static class NaiveOpenSet
{
    public static (double Score, bool Right) ByClassMean(JudgedClip query, IReadOnlyList<JudgedClip> enrolled)
    {
        var best = enrolled.GroupBy(clip => clip.Word)
            .Select(group => (Word: group.Key, Distance: Distance(Unit(query), Unit(Mean(group)))))
            .OrderBy(pair => pair.Distance).First();
        return (-best.Distance, best.Word == query.Word);
    }

    /// <summary>A word has the prototypes 0.75 x + m; its threshold lies half way between what 1 % of the cohort exceeds and its examples.</summary>
    public static (double Score, bool Right) ByEnrollment(JudgedClip query, IReadOnlyList<JudgedClip> enrolled, float[][] cohort)
    {
        var words = enrolled.GroupBy(clip => clip.Word).Select(group =>
        {
            double[][] examples = [.. group.Select(Unit)];
            double other = cohort.Select(clip => Similarity(examples, Unit([.. clip.Select(x => (double)x)]))).OrderDescending().ElementAt(cohort.Length / 100);
            double own = examples.Length == 1 ? 0.65 : Math.Max(0.55, examples.Average(example => Similarity([.. examples.Where(x => x != example)], example)));
            double similarity = Similarity(examples, Unit(query));
            return (Word: group.Key, Similarity: similarity, Excess: similarity - Math.Clamp(Math.Max(other, (own + other) / 2), -1, 1));
        }).ToList();
        return (words.Max(word => word.Excess), words.MaxBy(word => word.Similarity).Word == query.Word);

        static double Similarity(double[][] examples, double[] x)
        {
            double[] mean = Unit([.. examples[0].Select((_, i) => examples.Average(example => example[i]))]);
            return examples.Max(example => Unit([.. example.Zip(mean, (a, b) => 0.75 * a + b)]).Zip(x, (a, b) => a * b).Sum());
        }
    }

    public static (double Score, bool Right) ByNeighbors(JudgedClip query, IReadOnlyList<JudgedClip> enrolled, int k)
    {
        var nearest = enrolled.Select(clip => (clip.Word, Distance: Distance(Unit(query), Unit(clip)))).OrderBy(pair => pair.Distance).Take(k).ToList();
        var winner = nearest.GroupBy(pair => pair.Word).OrderByDescending(group => group.Count()).ThenBy(group => group.Min(pair => pair.Distance)).First();
        return (-winner.Min(pair => pair.Distance), winner.Key == query.Word);
    }

    public static void Check(OpenSetFigures figures, (double Score, bool Right)[] known, (double Score, bool Right)[] unknown)
    {
        figures.Accuracy.ShouldBe(known.Average(clip => clip.Right ? 1.0 : 0.0), 1e-12);
        var refusal = figures.Refusal.ShouldNotBeNull();
        refusal.Auroc.ShouldBe(known.Average(k => unknown.Average(u => k.Score > u.Score ? 1 : k.Score == u.Score ? 0.5 : 0)), 1e-9);
        foreach (double rate in OpenSetFigures.Rates) refusal.Frr[rate].ShouldBe(known.Average(k => k.Score >= Threshold(rate) ? 0.0 : 1.0), 1e-12);
        refusal.AccuracyAtFar5.ShouldBe(known.Average(k => k.Right && k.Score >= Threshold(0.05) ? 1.0 : 0.0), 1e-12);
        double[] gaps = [.. known.Concat(unknown).Select(clip => Math.Max(FalseAccepts(clip.Score), 1 - known.Average(k => k.Score >= clip.Score ? 1.0 : 0.0)))];
        refusal.Eer.ShouldBeLessThanOrEqualTo(gaps.Min() + 1e-12);
        refusal.Eer.ShouldBeGreaterThan(gaps.Min() - 2.0 / Math.Min(known.Length, unknown.Length));

        double Threshold(double rate) =>
            known.Concat(unknown).Select(clip => clip.Score).Where(score => FalseAccepts(score) <= rate).DefaultIfEmpty(double.PositiveInfinity).Min();
        double FalseAccepts(double threshold) => unknown.Average(u => u.Score >= threshold ? 1.0 : 0.0);
    }

    private static double[] Unit(JudgedClip clip) => Unit([.. clip.Output.Embedding.Select(x => (double)x)]);

    private static double[] Unit(double[] x) => [.. x.Select(v => v / Math.Sqrt(x.Sum(w => w * w)))];

    private static double[] Mean(IEnumerable<JudgedClip> clips)
    {
        double[][] rows = [.. clips.Select(Unit)];
        return [.. rows[0].Select((_, i) => rows.Average(row => row[i]))];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
