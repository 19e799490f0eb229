using Mingling.MetricLearning.Evaluation;

namespace Mingling.Experiments.Figures;

/// <summary>A curve of error rates and what it is of.</summary>
/// <param name="Name">Such as "center loss".</param>
/// <param name="Curve">Its operating points.</param>
public sealed record NamedCurve(string Name, VerificationCurve Curve)
{
    internal static string Alternative(IReadOnlyList<NamedCurve> curves) => string.Join(" ", curves.Select(curve =>
        $"{curve.Name}: equal error rate {Percent.Format(curve.Curve.EqualErrorRate())}, area under the curve {curve.Curve.AreaUnderCurve():0.0000}, "
        + $"{curve.Curve.Targets:N0} against {curve.Curve.Others:N0} trials."));

    internal static void Check(IReadOnlyList<NamedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (curves.Count == 0) throw new ArgumentException("there must be at least one curve.", nameof(curves));
    }

    /// <summary>The points that are seen apart, when they lie this far from the last one in any direction or are the last.</summary>
    internal static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points, double least)
    {
        var kept = new List<(double X, double Y)>();
        for (int i = 0; i < points.Count; i++)
            if (i == 0 || i == points.Count - 1 || Math.Abs(points[i].X - kept[^1].X) >= least || Math.Abs(points[i].Y - kept[^1].Y) >= least)
                kept.Add(points[i]);
        return kept;
    }
}
