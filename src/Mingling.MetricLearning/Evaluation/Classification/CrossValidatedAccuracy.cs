namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// The accuracy of same/different decisions by cross-validation as on LFW (Huang et al. 2007): the threshold that is best on all
/// other folds is applied to each fold in turn.
/// </summary>
/// <param name="Mean">The mean accuracy over the folds, 0 … 1.</param>
/// <param name="StandardDeviation">The deviation of the folds' accuracies, with folds − 1 in the denominator.</param>
/// <param name="Folds">Each fold's accuracy and the threshold applied to it, in order.</param>
public sealed record CrossValidatedAccuracy(double Mean, double StandardDeviation, IReadOnlyList<FoldAccuracy> Folds)
{
    /// <summary>
    /// Deals target and other trials into folds, each kind into consecutive runs of equal size (so that the order of the LFW lists
    /// gives the LFW folds), and evaluates them. Among equally good thresholds the greatest is taken.
    /// </summary>
    /// <param name="targetScores">The scores of same-word trials, at least one for each fold.</param>
    /// <param name="otherScores">The scores of different-word trials, at least one for each fold.</param>
    /// <param name="folds">The number of folds, at least 2. Default 10.</param>
    /// <exception cref="ArgumentException">There are fewer trials of a kind than folds, or a score is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is below 2.</exception>
    public static CrossValidatedAccuracy Evaluate(ReadOnlySpan<double> targetScores, ReadOnlySpan<double> otherScores, int folds = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        if (targetScores.Length < folds || otherScores.Length < folds)
            throw new ArgumentException(
                $"{folds} folds need at least {folds} trials of each kind, but there are {targetScores.Length} and {otherScores.Length}.",
                nameof(folds));
        var results = new FoldAccuracy[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            var targets = Run(targetScores.Length, fold, folds);
            var others = Run(otherScores.Length, fold, folds);
            double threshold = BestThreshold(Without(targetScores, targets), Without(otherScores, others));
            int right = 0;
            foreach (double score in targetScores[targets]) right += score >= threshold ? 1 : 0;
            foreach (double score in otherScores[others]) right += score >= threshold ? 0 : 1;
            results[fold] = new FoldAccuracy((double)right / (targetScores[targets].Length + otherScores[others].Length), threshold);
        }
        double mean = results.Average(r => r.Accuracy);
        double squares = results.Sum(r => (r.Accuracy - mean) * (r.Accuracy - mean));
        return new CrossValidatedAccuracy(mean, Math.Sqrt(squares / (folds - 1)), results);
    }

    private static Range Run(int count, int fold, int folds) =>
        (int)((long)count * fold / folds)..(int)((long)count * (fold + 1) / folds);

    private static double[] Without(ReadOnlySpan<double> scores, Range run) => [.. scores[..run.Start], .. scores[run.End..]];

    private static double BestThreshold(double[] targets, double[] others)
    {
        double best = double.PositiveInfinity;
        double fewest = double.PositiveInfinity;
        foreach (var point in VerificationCurve.FromScores(targets, others).Points)
        {
            double errors = Math.Round(point.FalseRejectionRate * targets.Length + point.FalseAcceptanceRate * others.Length);
            if (errors < fewest) (best, fewest) = (point.Threshold, errors);
        }
        return best;
    }
}

/// <summary>The accuracy of one fold.</summary>
/// <param name="Accuracy">The share of right decisions, 0 … 1.</param>
/// <param name="Threshold">The threshold learned on the other folds; scores at least this are called the same word.</param>
public readonly record struct FoldAccuracy(double Accuracy, double Threshold);
