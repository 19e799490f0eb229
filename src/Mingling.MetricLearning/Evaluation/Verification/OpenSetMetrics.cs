namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// How well a recogniser of known words refuses unknown ones. Its score for a clip is that of the best known class (or the negative
/// distance to the nearest prototype); a clip is accepted when the score is at least a threshold.
/// </summary>
public sealed class OpenSetMetrics
{
    private readonly double[] _scoresOfRight;

    private OpenSetMetrics(VerificationCurve curve, double[] scoresOfRight) => (Curve, _scoresOfRight) = (curve, scoresOfRight);

    /// <summary>The error rates of known (target) against unknown (other) clips at every threshold, with EER and FRR at a FAR.</summary>
    public VerificationCurve Curve { get; }

    /// <summary>AUROC of known against unknown clips, 0 … 1; 0.5 is chance.</summary>
    public double AreaUnderCurve => Curve.AreaUnderCurve();

    /// <summary>The share of known clips given the right class, all accepted: the closed-set accuracy, 0 … 1.</summary>
    public double ClosedSetAccuracy => (double)_scoresOfRight.Length / Curve.Targets;

    /// <summary>
    /// The share of known clips that are both right and accepted, at the lowest threshold whose share of accepted unknown clips does
    /// not exceed a FAR; 0 … 1.
    /// </summary>
    /// <param name="falseAcceptanceRate">The FAR, 0 … 1; 0.05 is customary.</param>
    /// <exception cref="ArgumentOutOfRangeException">The FAR is outside 0 … 1.</exception>
    public double AccuracyAt(double falseAcceptanceRate)
    {
        double threshold = Curve.AtFalseAcceptanceRate(falseAcceptanceRate).Threshold;
        return (double)_scoresOfRight.Count(score => score >= threshold) / Curve.Targets;
    }

    /// <summary>Evaluates known and unknown clips.</summary>
    /// <param name="knownScores">The score of each clip of a known word, at least one.</param>
    /// <param name="knownRight">Whether the best class of each of these clips is the right one; as many as scores.</param>
    /// <param name="unknownScores">The score of each clip of an unknown word, at least one.</param>
    /// <exception cref="ArgumentException">The counts disagree, there is no score of a kind, or a score is not finite.</exception>
    public static OpenSetMetrics Evaluate(ReadOnlySpan<double> knownScores, ReadOnlySpan<bool> knownRight, ReadOnlySpan<double> unknownScores)
    {
        if (knownScores.Length != knownRight.Length)
            throw new ArgumentException(
                $"There must be one verdict for each known clip, but there are {knownRight.Length} for {knownScores.Length}.", nameof(knownRight));
        var right = new List<double>();
        for (int k = 0; k < knownScores.Length; k++)
        {
            if (knownRight[k]) right.Add(knownScores[k]);
        }
        return new OpenSetMetrics(VerificationCurve.FromScores(knownScores, unknownScores), [.. right]);
    }
}
