using Mingling.MetricLearning.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>False rejections against false acceptances on normal-deviate axes (Martin et al. 1997): the nearer to the lower left, the better.</summary>
public static class DetFigure
{
    private const int Side = 560;
    private const double Seen = 0.004;
    private static readonly double[] Rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
    private const double Usual = 0.4, Roof = 0.55;

    /// <summary>The figure.</summary>
    /// <param name="curves">The curves, at least one, at best not above eight.</param>
    /// <exception cref="ArgumentException">There is no curve.</exception>
    public static Figure Draw(IReadOnlyList<NamedCurve> curves)
    {
        NamedCurve.Check(curves);
        return Figure.Make("det", "False rejections against false acceptances (DET)", NamedCurve.Alternative(curves), Side,
            Side + 18 * curves.Count, inks => Draw(curves, inks));
    }

    private static Plot Draw(IReadOnlyList<NamedCurve> curves, Inks inks)
    {
        // Axes as everybody draws them, up to 40 %; only what is as bad as chance needs more.
        bool bad = curves.Any(curve => curve.Curve.EqualErrorRate() > Usual);
        AxisMark[] marks = [.. Rates.Where(rate => bad || rate <= Usual).Select(rate => new AxisMark(NormalQuantile.Compute(rate), $"{100 * rate:0.#}"))];
        double low = NormalQuantile.Compute(Rates[0]), high = NormalQuantile.Compute(bad ? 0.9 : Roof);
        var chart = new Chart(inks) { XLabel = "false acceptances (%)", YLabel = "false rejections (%)" };
        chart.Limits(low, high, low, high).Ticks(marks, marks);
        chart.Rule(low, low, high, high, inks.Soft, 1);
        for (int i = 0; i < curves.Count; i++)
        {
            var points = NamedCurve.Thin([.. DetCurve.FromVerification(curves[i].Curve).Select(point => (point.FalseAcceptanceDeviate, point.FalseRejectionDeviate))], Seen);
            chart.Curve([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)], inks.Line(i), 2.2f);
            double equal = curves[i].Curve.EqualErrorRate();
            if (equal >= Rates[0]) chart.Dot(NormalQuantile.Compute(equal), NormalQuantile.Compute(equal), inks.Line(i), 5);
            chart.Key($"{curves[i].Name}: EER {Percent.Format(equal)}", inks.Line(i));
        }
        chart.Key("equal error rate", inks.Soft, KeyMark.Dot);
        return chart.Plot;
    }
}
