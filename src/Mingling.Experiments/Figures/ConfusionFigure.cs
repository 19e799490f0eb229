using Mingling.Experiments.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>
/// The confusion matrix: a row for each word said, a column for each word recognised, shaded by the share of the row. What is right has a
/// hue of its own and what is wrong another that grows by its root, so that a few errors are seen beside a diagonal of hundreds.
/// </summary>
public static class ConfusionFigure
{
    private const int SmallestCell = 9, LargestCell = 60, SmallestSide = 240, UsualSide = 450, Margins = 170, Dense = 40, Named = 3;
    private const float SmallestNumber = 7.5f;
    private static readonly double[] KeyShares = [0.02, 0.1, 0.5];

    /// <summary>The figure.</summary>
    /// <param name="report">The evaluation, of 2 words or more.</param>
    public static Figure Draw(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (width, height) = Size(report.Classes.Count);
        return Figure.Make("confusion-matrix", "Which word was taken for which", Alternative(report), width, height, inks => Draw(report, inks));
    }

    /// <summary>The points that a matrix of so many words takes with its margins.</summary>
    internal static (int Width, int Height) Size(int words)
    {
        int side = Math.Clamp(words * LargestCell, SmallestSide, Math.Max(UsualSide, words * SmallestCell));
        return (side + Margins + 40, side + Margins);
    }

    internal static Plot Draw(EvaluationReport report, Inks inks, string title = "")
    {
        int n = report.Classes.Count;
        var marks = report.Classes.Select((word, i) => (word, i)).ToList();
        var chart = new Chart(inks) { Title = title, XLabel = "recognised", YLabel = "said", LabelRoom = 120 };
        chart.Limits(-0.5, n - 0.5, n - 0.5, -0.5).BottomWords()
            .Ticks([.. marks.Select(mark => new AxisMark(mark.i, mark.word))], [.. marks.Select(mark => new AxisMark(mark.i, mark.word))]);
        if (n > Dense) chart.Plot.HideGrid();
        var cells = Cells(report, inks).ToList();
        chart.Boxes(cells.Select(cell => (cell.Column - 0.5, cell.Row - 0.5, cell.Column + 0.5, cell.Row + 0.5, cell.Color)), n > Dense ? 0.25f : 0.5f);
        chart.Paint((canvas, place) =>
        {
            float room = Math.Abs(place(1, 0).X - place(0, 0).X) - 3, height = Math.Abs(place(0, 1).Y - place(0, 0).Y) - 3;
            foreach (var cell in cells)
            {
                float size = Math.Min(Chart.TextSize, Math.Min(height, Chart.TextSize * room / Lettering.Width(cell.Clips.ToString(), Chart.TextSize)));
                if (size < SmallestNumber) continue;
                using var paint = Layer.Fill(Inks.TextOn(cell.Color));
                var middle = place(cell.Column, cell.Row);
                Chart.Place(canvas, cell.Clips.ToString(), size, middle.X, middle.Y + Lettering.HalfCapital * size, 0.5f, paint);
            }
        });
        chart.Key("right", inks.RightShade(1), KeyMark.Box);
        foreach (double share in KeyShares)
        {
            string name = share == KeyShares[0] ? $"wrong: {Percent.Short(share)}" : share == KeyShares[^1] ? $"{Percent.Short(share)} of a row" : Percent.Short(share);
            chart.Key(name, inks.WrongShade(share), KeyMark.Box);
        }
        return chart.Plot;
    }

    private static IEnumerable<(int Row, int Column, int Clips, Color Color)> Cells(EvaluationReport report, Inks inks)
    {
        for (int i = 0; i < report.Classes.Count; i++)
        {
            double all = report.ConfusionMatrix[i].Sum();
            for (int k = 0; k < report.Classes.Count; k++)
            {
                int clips = report.ConfusionMatrix[i][k];
                // Shades in steps: cells of one shade are one path.
                if (clips > 0) yield return (i, k, clips, i == k ? inks.RightShade(Step(clips / all)) : inks.WrongShade(Step(clips / all)));
            }
        }
    }

    private static double Step(double share) => Math.Ceiling(share * 50) / 50;

    internal static string Alternative(EvaluationReport report)
    {
        string start = $"{Percent.Format(report.Accuracy)} of {report.Clips} clips of {report.Classes.Count} words were recognised.";
        if (report.Confusions.Count == 0) return start + " No word was taken for another.";
        var worst = report.Confusions.Take(Named).Select(pair => $"{pair.Word} for {pair.Recognized} ({pair.Clips} times, {Percent.Format(pair.Share)})");
        return $"{start} Most often were taken {string.Join(", ", worst)}.";
    }
}
