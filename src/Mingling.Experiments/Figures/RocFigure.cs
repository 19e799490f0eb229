using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>The share of true trials accepted against the share of false ones accepted, at every threshold.</summary>
public static class RocFigure
{
    private const int Side = 520;
    private const double Seen = 0.08;

    /// <summary>The figure.</summary>
    /// <param name="curves">The curves, at least one, at best not above eight.</param>
    /// <exception cref="ArgumentException">There is no curve.</exception>
    public static Figure Draw(IReadOnlyList<NamedCurve> curves)
    {
        NamedCurve.Check(curves);
        return Figure.Make("roc", "Right acceptances against false ones (ROC)", NamedCurve.Alternative(curves), Side, Side + 18 * curves.Count, inks => Draw(curves, inks));
    }

    private static Plot Draw(IReadOnlyList<NamedCurve> curves, Inks inks)
    {
        var chart = new Chart(inks) { XLabel = "false acceptances (%)", YLabel = "right acceptances (%)" };
        chart.Limits(0, 100, 0, 100).Ticks(Ticks.Round(0, 100), Ticks.Round(0, 100));
        chart.Rule(0, 0, 100, 100, inks.Soft, 1);
        for (int i = 0; i < curves.Count; i++)
        {
            var all = curves[i].Curve.Points.ToArray().Select(point => (100 * point.FalseAcceptanceRate, 100 * (1 - point.FalseRejectionRate)));
            var points = NamedCurve.Thin([.. all], Seen);
            chart.Curve([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)], inks.Line(i), 2.2f);
            double equal = curves[i].Curve.EqualErrorRate();
            chart.Dot(100 * equal, 100 * (1 - equal), inks.Line(i), 5);
            chart.Key($"{curves[i].Name}: AUC {curves[i].Curve.AreaUnderCurve():0.0000}", inks.Line(i));
        }
        chart.Key("equal error rate", inks.Soft, KeyMark.Dot);
        return chart.Plot;
    }
}
