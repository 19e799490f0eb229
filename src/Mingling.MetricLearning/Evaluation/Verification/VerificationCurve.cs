namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// The error rates of a detector or verifier at every threshold: a trial is accepted when its score is at least the threshold. FAR
/// is the share of the other (non-target) trials that are accepted, FRR the share of target trials that are rejected. Built by one
/// descending sort; trials with equal scores are accepted together.
/// </summary>
public sealed class VerificationCurve
{
    private readonly VerificationPoint[] _points;

    private VerificationCurve(VerificationPoint[] points, int targets, int others) => (_points, Targets, Others) = (points, targets, others);

    /// <summary>The number of target trials (same word, known word).</summary>
    public int Targets { get; }

    /// <summary>The number of other trials (different word, unknown word).</summary>
    public int Others { get; }

    /// <summary>
    /// The operating points by falling threshold: first (+∞, FAR 0, FRR 1), then one for each distinct score, last FAR 1 and FRR 0.
    /// </summary>
    public ReadOnlySpan<VerificationPoint> Points => _points;

    /// <summary>Builds the curve.</summary>
    /// <param name="targetScores">The scores of target trials, at least one; greater means more alike.</param>
    /// <param name="otherScores">The scores of other trials, at least one.</param>
    /// <exception cref="ArgumentException">There is no score of a kind, or a score is NaN or infinite.</exception>
    public static VerificationCurve FromScores(ReadOnlySpan<double> targetScores, ReadOnlySpan<double> otherScores)
    {
        double[] targets = Descending(targetScores, nameof(targetScores));
        double[] others = Descending(otherScores, nameof(otherScores));
        var points = new List<VerificationPoint> { new(double.PositiveInfinity, 0, 1) };
        int hits = 0, alarms = 0;
        while (hits < targets.Length || alarms < others.Length)
        {
            double threshold = Math.Max(
                hits < targets.Length ? targets[hits] : double.NegativeInfinity,
                alarms < others.Length ? others[alarms] : double.NegativeInfinity);
            while (hits < targets.Length && targets[hits] == threshold) hits++;
            while (alarms < others.Length && others[alarms] == threshold) alarms++;
            points.Add(new(threshold, (double)alarms / others.Length, (double)(targets.Length - hits) / targets.Length));
        }
        return new VerificationCurve([.. points], targets.Length, others.Length);
    }

    /// <summary>
    /// AUC: the probability that a target trial scores above another one, ties counting one half; 0 … 1, 0.5 is chance.
    /// </summary>
    public double AreaUnderCurve()
    {
        double area = 0.0;
        for (int k = 1; k < _points.Length; k++)
        {
            var (a, b) = (_points[k - 1], _points[k]);
            area += (b.FalseAcceptanceRate - a.FalseAcceptanceRate) * (1 - (a.FalseRejectionRate + b.FalseRejectionRate) / 2);
        }
        return area;
    }

    /// <summary>
    /// EER: the rate at which FAR and FRR are equal, 0 … 1, interpolated linearly between the two points around the crossing.
    /// </summary>
    public double EqualErrorRate()
    {
        int k = 1;
        while (_points[k].FalseAcceptanceRate < _points[k].FalseRejectionRate) k++;
        var (a, b) = (_points[k - 1], _points[k]);
        double before = a.FalseRejectionRate - a.FalseAcceptanceRate;
        double after = b.FalseAcceptanceRate - b.FalseRejectionRate;
        return a.FalseAcceptanceRate + before / (before + after) * (b.FalseAcceptanceRate - a.FalseAcceptanceRate);
    }

    /// <summary>The point with the lowest FRR among those whose FAR does not exceed a target, without interpolation.</summary>
    /// <param name="falseAcceptanceRate">The target, 0 … 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target is outside 0 … 1.</exception>
    public VerificationPoint AtFalseAcceptanceRate(double falseAcceptanceRate)
    {
        CheckRate(falseAcceptanceRate, nameof(falseAcceptanceRate));
        // FRR never rises along the points, so that the last one with a FAR within the target has the lowest.
        var (low, high) = (0, _points.Length);
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (_points[middle].FalseAcceptanceRate <= falseAcceptanceRate) low = middle;
            else high = middle;
        }
        return _points[low];
    }

    /// <summary>VAL@FAR (Schroff et al. 2015): the share of target trials accepted at a FAR, 1 − FRR.</summary>
    /// <inheritdoc cref="AtFalseAcceptanceRate"/>
    public double ValidationRate(double falseAcceptanceRate) => 1 - AtFalseAcceptanceRate(falseAcceptanceRate).FalseRejectionRate;

    /// <summary>
    /// minDCF as in the NIST speaker evaluations: the least of C_miss · P · FRR + C_fa · (1 − P) · FAR over all thresholds, divided by
    /// the cost of the better of accepting all and rejecting all, min(C_miss · P, C_fa · (1 − P)); 0 … 1.
    /// </summary>
    /// <param name="targetPrior">P, the prior probability of a target trial, above 0 and below 1.</param>
    /// <param name="missCost">C_miss, above 0. Default 1.</param>
    /// <param name="falseAlarmCost">C_fa, above 0. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public double MinimumDetectionCost(double targetPrior, double missCost = 1, double falseAlarmCost = 1)
    {
        if (!(targetPrior > 0 && targetPrior < 1))
            throw new ArgumentOutOfRangeException(nameof(targetPrior), targetPrior, "The prior of a target trial must lie between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(missCost);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(falseAlarmCost);
        var (miss, alarm) = (missCost * targetPrior, falseAlarmCost * (1 - targetPrior));
        double least = double.PositiveInfinity;
        foreach (var point in _points) least = Math.Min(least, miss * point.FalseRejectionRate + alarm * point.FalseAcceptanceRate);
        return least / Math.Min(miss, alarm);
    }

    internal static void CheckRate(double rate, string name)
    {
        if (!(rate >= 0 && rate <= 1)) throw new ArgumentOutOfRangeException(name, rate, "A rate must lie between 0 and 1.");
    }

    private static double[] Descending(ReadOnlySpan<double> scores, string name)
    {
        if (scores.Length == 0) throw new ArgumentException("There must be at least one score of each kind.", name);
        foreach (double score in scores)
        {
            if (!double.IsFinite(score)) throw new ArgumentException($"Scores must be finite, but one is {score}.", name);
        }
        double[] sorted = scores.ToArray();
        sorted.AsSpan().Sort(static (a, b) => b.CompareTo(a));
        return sorted;
    }
}
