using Mingling.MetricLearning.Evaluation;

namespace Mingling.Experiments.Evaluation;

/// <summary>One measurement of how well known words are recognised and unknown ones refused; shares, 0 … 1.</summary>
/// <param name="Accuracy">The share of known clips given the right word, all accepted.</param>
/// <param name="Refusal">What unknown words add; null where there are none.</param>
public sealed record OpenSetFigures(double Accuracy, RefusalFigures? Refusal)
{
    /// <summary>The false-acceptance rates at which false rejections are reported.</summary>
    public static IReadOnlyList<double> Rates { get; } = [0.01, 0.025, 0.05, 0.1];

    internal static OpenSetFigures Measure(ReadOnlySpan<ScoredClip> known, ReadOnlySpan<ScoredClip> unknown)
    {
        bool[] right = new bool[known.Length];
        for (int i = 0; i < known.Length; i++) right[i] = known[i].Right;
        if (unknown.Length == 0) return new OpenSetFigures(right.Average(r => r ? 1.0 : 0.0), null);
        var metrics = OpenSetMetrics.Evaluate(Scores(known), right, Scores(unknown));
        var frr = Rates.ToDictionary(rate => rate, rate => metrics.Curve.AtFalseAcceptanceRate(rate).FalseRejectionRate);
        var refusal = new RefusalFigures(metrics.AreaUnderCurve, metrics.Curve.EqualErrorRate(), frr, metrics.AccuracyAt(0.05));
        return new OpenSetFigures(metrics.ClosedSetAccuracy, refusal);
    }

    private static double[] Scores(ReadOnlySpan<ScoredClip> clips)
    {
        double[] scores = new double[clips.Length];
        for (int i = 0; i < scores.Length; i++) scores[i] = clips[i].Score;
        return scores;
    }
}
