using Mingling.Experiments.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>How far pairs of clips lie apart: those of one word against those of different words, each as shares of its kind.</summary>
public static class DistanceFigure
{
    private const int Width = 720, Height = 360;

    /// <summary>The figure.</summary>
    /// <param name="histogram">Pairs of both kinds, at least one of each.</param>
    /// <exception cref="ArgumentException">A kind has no pairs, or edges and counts do not fit together.</exception>
    public static Figure Draw(DistanceHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var overlap = DistanceOverlap.Find(histogram);
        string alternative = $"Distances of {histogram.Same.Sum():N0} pairs of one word and {histogram.Different.Sum():N0} of different words overlap by "
            + $"{Percent.Format(overlap.Share)}. At a distance of {overlap.Threshold:0.00} both errors are equal: {Percent.Format(overlap.ErrorRate)} of the pairs of one word "
            + "lie farther apart, and as many of different words nearer.";
        return Figure.Make("distances", "Distances of clips of one word and of different words", alternative, Width, Height, inks => Draw(histogram, overlap, inks));
    }

    private static Plot Draw(DistanceHistogram histogram, DistanceOverlap overlap, Inks inks)
    {
        double highest = 1.12 * 100 * Math.Max(overlap.Same.Max(), overlap.Different.Max());
        var chart = new Chart(inks) { XLabel = "Euclidean distance of the embeddings", YLabel = "pairs of a kind (%)" };
        chart.Limits(histogram.Edges[0], histogram.Edges[^1], 0, highest)
            .Ticks(Ticks.Round(histogram.Edges[0], histogram.Edges[^1], 8), Ticks.Round(0, highest, 6));
        Area(overlap.Different, inks.Line(1), "different words");
        Area(overlap.Same, inks.Line(0), "one word");
        chart.Rule(overlap.Threshold, 0, overlap.Threshold, highest, inks.Text);
        bool left = overlap.Threshold > (histogram.Edges[0] + histogram.Edges[^1]) / 2;
        chart.Text(new ChartText($"equal errors of {Percent.Format(overlap.ErrorRate)} at {overlap.Threshold:0.00}", overlap.Threshold, highest)
        { Share = left ? 1 : 0, Right = left ? -8 : 8, Down = 10, Rim = true });
        chart.Key($"overlap {Percent.Format(overlap.Share)}", inks.Soft, KeyMark.None);
        return chart.Plot;

        void Area(IReadOnlyList<double> shares, Color color, string name)
        {
            var edges = histogram.Edges;
            double[] xs = [edges[0], .. Enumerable.Range(0, shares.Count).SelectMany(i => new[] { edges[i], edges[i + 1] }), edges[^1]];
            double[] ys = [0, .. shares.SelectMany(share => new[] { 100 * share, 100 * share }), 0];
            var fill = chart.Plot.Add.FillY(xs, new double[xs.Length], ys);
            (fill.FillColor, fill.LineWidth, fill.MarkerSize) = (color.WithAlpha(0.3), 0, 0);
            chart.Curve(xs, ys, color);
            chart.Key(name, color);
        }
    }
}
