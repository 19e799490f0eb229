using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Mingling.Training.Evaluation;

/// <summary>An evaluation as one picture: the confusion matrix, the speakers (worst first) and the words that lie closest.</summary>
public static class EvaluationPicture
{
    private const int Bars = 12;

    /// <summary>Draws the picture.</summary>
    /// <param name="report">The evaluation.</param>
    /// <returns>A PNG file of 1800 x 920 points.</returns>
    public static byte[] Draw(EvaluationReport report)
    {
        var multiplot = new Multiplot();
        multiplot.AddPlots(3);
        var (matrix, speakers, pairs) = (multiplot.GetPlot(0), multiplot.GetPlot(1), multiplot.GetPlot(2));
        DrawMatrix(matrix, report);
        DrawBars(speakers, report.Speakers.Count > 0 ? "Recognised by speaker, worst first (%)" : "Recognised by word, worst first (%)",
            report.Speakers.Count > 0
                ? [.. report.Speakers.Take(Bars).Select(s => (s.Speaker, 100 * s.Accuracy))]
                : [.. report.Words.Take(Bars).Select(w => (w.Word, 100 * w.Accuracy))], 100, Colors.C0);
        var closest = report.SimilarPairs.Where(p => p.DPrime is not null).OrderBy(p => p.DPrime).Take(Bars);
        DrawBars(pairs, "Closest words (d′ of their embeddings: below 4 they overlap)",
            [.. closest.Select(p => ($"{p.First} / {p.Second}", p.DPrime!.Value))], Math.Max(4, closest.Max(p => p.DPrime) ?? 4), Colors.C1);

        var layout = new CustomGrid();
        layout.Set(matrix, new GridCell(0, 0, 2, 2, 2, 1));
        layout.Set(speakers, new GridCell(0, 1, 2, 2));
        layout.Set(pairs, new GridCell(1, 1, 2, 2));
        multiplot.Layout = layout;
        return multiplot.Render(1800, 920).GetImageBytes(ImageFormat.Png);
    }

    private static void DrawMatrix(Plot plot, EvaluationReport report)
    {
        string font = PictureFont.Use(plot, report.Classes);
        int n = report.Classes.Count;
        var shares = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int all = Math.Max(1, report.ConfusionMatrix[i].Sum());
            for (int k = 0; k < n; k++)
            {
                int clips = report.ConfusionMatrix[i][k];
                shares[i, k] = (double)clips / all;
                if (clips == 0) continue;
                var text = plot.Add.Text(clips.ToString(), k, n - 1 - i);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontName = font;
                text.LabelFontSize = n > 30 ? 8 : 11;
                text.LabelFontColor = shares[i, k] > 0.5 ? Colors.White : Colors.Black;
            }
        }
        var map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new ScottPlot.Range(0, 1);
        plot.MoveToBottom(map);

        double[] places = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, [.. report.Classes]);
        plot.Axes.Left.SetTicks(places, [.. report.Classes.Reverse()]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -60;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = 20 + 8 * Math.Min(14, report.Classes.Max(name => name.Length));
        plot.HideGrid();
        plot.YLabel("said");
        plot.XLabel("recognised");
        plot.Axes.SetLimits(-0.5, n - 0.5, -0.5, n - 0.5);
        plot.Title($"{100 * report.Accuracy:0.0} % of {report.Clips} clips recognised");
    }

    private static void DrawBars(Plot plot, string title, (string Name, double Value)[] rows, double largest, Color colour)
    {
        string font = PictureFont.Use(plot, rows.Select(row => row.Name));
        for (int i = 0; i < rows.Length; i++)
        {
            int place = rows.Length - 1 - i;
            plot.Add.Bar(new Bar { Position = place, Value = rows[i].Value, FillColor = colour, Orientation = Orientation.Horizontal });
            var text = plot.Add.Text($" {rows[i].Value:0.0}", rows[i].Value, place);
            text.LabelAlignment = Alignment.MiddleLeft;
            text.LabelFontName = font;
        }
        plot.Axes.Left.SetTicks([.. rows.Select((_, i) => (double)(rows.Length - 1 - i))], [.. rows.Select(row => row.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsX(0, 1.12 * largest);
        plot.HideGrid();
        plot.Title(title);
    }
}
