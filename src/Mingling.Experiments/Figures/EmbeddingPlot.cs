using Mingling.Experiments.Evaluation;
using ScottPlot;
using SkiaSharp;

namespace Mingling.Experiments.Figures;

/// <summary>One map of embeddings.</summary>
internal static class EmbeddingPlot
{
    private const int ManyPoints = 1500;
    private const float WordSize = 12.5f;
    private const double Margin = 0.05;

    public static Plot Draw(EmbeddingMap map, IReadOnlyList<string> classes, Inks inks, bool origin, string below, string title = "", float wordSize = WordSize, bool rings = true)
    {
        var (xs, ys) = (map.Points.Select(point => point.X).ToList(), map.Points.Select(point => point.Y).ToList());
        if (origin) (xs, ys) = ([.. xs, 0], [.. ys, 0]);
        var chart = new Chart(inks) { Title = title, XLabel = below, EqualScale = true };
        var ((left, right), (bottom, top)) = (Span(xs), Span(ys));
        chart.Limits(left, right, bottom, top);
        foreach (var axis in new[] { chart.Plot.Axes.Bottom.FrameLineStyle, chart.Plot.Axes.Left.FrameLineStyle }) axis.IsVisible = false;
        if (origin) Origin(chart, inks);
        float radius = map.Points.Count > ManyPoints ? 2.6f : 3.6f;
        chart.Paint((canvas, place) =>
        {
            foreach (var ofClass in map.Points.GroupBy(point => point.Class).OrderBy(group => group.Key))
            {
                using var fill = Layer.Fill(inks.Line(ofClass.Key));
                foreach (var point in ofClass) Stamps.Draw(canvas, ShapeOf(ofClass.Key, inks), place(point.X, point.Y), radius, fill);
            }
        });
        chart.Paint((canvas, place) => Words(canvas, place, map, classes, inks, wordSize));
        if (rings) Rings(chart, map, inks, radius);
        return chart.Plot;
    }

    /// <summary>The shape changes when all colours were used once.</summary>
    private static Stamp ShapeOf(int word, Inks inks) => Stamps.ByIndex(word / inks.Series.Count);

    private static void Rings(Chart chart, EmbeddingMap map, Inks inks, float radius)
    {
        var suspects = map.Points.Where(point => point.IsSuspect).ToList();
        var outliers = map.Points.Where(point => point.IsOutlier && !point.IsSuspect).ToList();
        foreach (var point in outliers) chart.Ring(point.X, point.Y, inks.Soft, radius + 3, 1.5f);
        foreach (var point in suspects) chart.Ring(point.X, point.Y, inks.Wrong, radius + 3.5f, 2.2f);
        if (suspects.Count > 0) chart.Key($"near another word than its own ({suspects.Count})", inks.Wrong, KeyMark.Ring);
        if (outliers.Count > 0) chart.Key($"far from all words ({outliers.Count})", inks.Soft, KeyMark.Ring);
    }

    private static void Origin(Chart chart, Inks inks) => chart.Paint((canvas, place) =>
    {
        using var faint = Layer.Stroke(inks.Soft, 1);
        var (zero, area) = (place(0, 0), canvas.LocalClipBounds);
        canvas.DrawLine(area.Left, zero.Y, area.Right, zero.Y, faint);
        canvas.DrawLine(zero.X, area.Top, zero.X, area.Bottom, faint);
    });

    /// <summary>Writes each word at the median of its points, moved up or down where another word stands already; larger classes choose first.</summary>
    private static void Words(SKCanvas canvas, Func<double, double, SKPoint> place, EmbeddingMap map, IReadOnlyList<string> classes, Inks inks, float size)
    {
        var taken = new List<SKRect>();
        foreach (var ofClass in map.Points.GroupBy(point => point.Class).OrderByDescending(group => group.Count()).ThenBy(group => group.Key))
        {
            string word = Lettering.Fit(classes[ofClass.Key], size, 160);
            float width = Lettering.Width(word, size);
            var middle = place(Median(ofClass.Select(point => point.X)), Median(ofClass.Select(point => point.Y)));
            var area = canvas.LocalClipBounds;
            float x = Math.Clamp(middle.X, area.Left + width / 2, Math.Max(area.Left + width / 2, area.Right - width / 2));
            var free = Enumerable.Range(0, 9).Select(i => (i + 1) / 2 * (i % 2 == 0 ? size : -size) * 1.05f)
                .Select(down => SKRect.Create(x - width / 2 - 2, middle.Y + down - size / 2, width + 4, size))
                .FirstOrDefault(box => !taken.Exists(box.IntersectsWith), SKRect.Create(x - width / 2 - 2, middle.Y - size / 2, width + 4, size));
            taken.Add(free);
            using var fill = Layer.Fill(inks.Text);
            float line = free.MidY + Lettering.HalfCapital * size;
            Lettering.DrawRim(canvas, word, size, free.Left + 2, line, inks.Paper, 4);
            Lettering.Draw(canvas, word, size, free.Left + 2, line, fill);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static (double Low, double High) Span(List<double> values)
    {
        double low = values.Min(), high = values.Max(), room = Math.Max(Margin * (high - low), 1e-6 * Math.Max(1, Math.Abs(high)));
        return (low - room, high + room);
    }
}
