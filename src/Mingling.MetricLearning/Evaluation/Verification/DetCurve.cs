namespace Mingling.MetricLearning.Evaluation;

/// <summary>One point of a detection error trade-off curve on normal-deviate axes.</summary>
/// <param name="Point">The operating point.</param>
/// <param name="FalseAcceptanceDeviate">Φ⁻¹(FAR), the abscissa; −3 is 0.13 %, 0 is 50 %.</param>
/// <param name="FalseRejectionDeviate">Φ⁻¹(FRR), the ordinate.</param>
public readonly record struct DetPoint(VerificationPoint Point, double FalseAcceptanceDeviate, double FalseRejectionDeviate);

/// <summary>
/// The DET curve (Martin et al. 1997): FRR against FAR, both through the inverse of the normal distribution, so that normally
/// distributed scores give a straight line.
/// </summary>
public static class DetCurve
{
    /// <summary>The points by falling threshold. Those with a rate of 0 or 1 lie at infinity and are left out.</summary>
    public static IReadOnlyList<DetPoint> FromVerification(VerificationCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var points = new List<DetPoint>();
        foreach (var point in curve.Points)
        {
            if (point.FalseAcceptanceRate is > 0 and < 1 && point.FalseRejectionRate is > 0 and < 1)
                points.Add(new(point, NormalQuantile.Compute(point.FalseAcceptanceRate), NormalQuantile.Compute(point.FalseRejectionRate)));
        }
        return points;
    }
}
