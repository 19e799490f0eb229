using Mingling.Experiments.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>The words that are hardest to tell apart: how often each is taken for the other, and the d′ of their embeddings.</summary>
public static class SimilarPairsFigure
{
    /// <summary>Below it the embeddings of two words overlap: at a threshold half-way between the means 2.3 % of each lie on the wrong side.</summary>
    internal const double Overlap = 4;

    private const int Row = 34, Margins = 100, Width = 820;

    /// <summary>The figure.</summary>
    /// <param name="report">The evaluation, of 2 words or more.</param>
    /// <param name="most">The most pairs to show, 1 or more: those that are confused most, then those whose embeddings lie closest.</param>
    /// <exception cref="ArgumentException">There is no pair of words.</exception>
    public static Figure Draw(EvaluationReport report, int most = 15)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (report.SimilarPairs.Count == 0) throw new ArgumentException("there must be at least one pair of words.", nameof(report));
        var pairs = report.SimilarPairs.Take(most).ToList();
        return new Figure("similar-pairs", "Words that are hard to tell apart", Alternative(report, pairs), Width, pairs.Count * Row + Margins, theme =>
        {
            var inks = Inks.For(theme);
            return Figure.Arrange((Shares(pairs, inks), new GridCell(0, 0, 1, 3, 1, 2)), (Distances(pairs, inks), new GridCell(0, 2, 1, 3)));
        });
    }

    private static Plot Shares(List<SimilarPair> pairs, Inks inks)
    {
        double highest = 100 * pairs.Max(pair => Math.Max(pair.FirstAsSecond, pair.SecondAsFirst)), limit = Math.Max(5, 1.02 * highest);
        var chart = new Chart(inks) { RightRoom = 52, XLabel = "taken for the other (%)", LabelRoom = 240 };
        chart.Limits(0, limit, pairs.Count - 0.5, -0.5).Ticks(Figures.Ticks.Round(0, limit), [.. pairs.Select((pair, i) => new AxisMark(i, Name(pair)))]);
        chart.Plot.Grid.YAxisStyle.IsVisible = false;
        chart.Boxes(pairs.SelectMany((pair, i) => new[]
        {
            (0.0, i - 0.36, 100 * pair.FirstAsSecond, i - 0.04, inks.Line(1)),
            (0.0, i + 0.04, 100 * pair.SecondAsFirst, i + 0.36, inks.Line(0)),
        }));
        for (int i = 0; i < pairs.Count; i++)
        {
            foreach (var (share, down) in new[] { (pairs[i].FirstAsSecond, -0.2), (pairs[i].SecondAsFirst, 0.2) })
                chart.Text(Number(100 * share, i + down, $"{100 * share:0.0}") with { Color = share > 0 ? inks.Text : inks.Soft });
        }
        chart.Key("first as second", inks.Line(1), KeyMark.Box);
        chart.Key("second as first", inks.Line(0), KeyMark.Box);
        return chart.Plot;
    }

    /// <summary>The d′ of pairs as bars, with their words where there is room for them.</summary>
    internal static Plot Distances(IReadOnlyList<SimilarPair> pairs, Inks inks, string title = "", float labelRoom = 0)
    {
        bool named = labelRoom > 0;
        double limit = Math.Max(1.25 * Overlap, 1.02 * pairs.Max(pair => pair.DPrime ?? 0));
        var chart = new Chart(inks) { Title = title, RightRoom = 52, XLabel = "d′ of their embeddings", LabelRoom = labelRoom };
        chart.Limits(0, limit, pairs.Count - 0.5, -0.5)
            .Ticks(Figures.Ticks.Round(0, limit), named ? [.. pairs.Select((pair, i) => new AxisMark(i, Name(pair)))] : []);
        chart.Plot.Grid.YAxisStyle.IsVisible = false;
        chart.Boxes(pairs.Select((pair, i) => (0.0, i - 0.3, pair.DPrime ?? 0, i + 0.3, pair.DPrime < Overlap ? inks.Line(1) : inks.Line(2))));
        for (int i = 0; i < pairs.Count; i++)
            chart.Text(Number(pairs[i].DPrime ?? 0, i, pairs[i].DPrime is { } distance ? $"{distance:0.0}" : "too few clips"));
        chart.Rule(Overlap, -0.5, Overlap, pairs.Count - 0.5, inks.Soft);
        chart.Key($"below {Overlap:0} they overlap", inks.Soft, KeyMark.Dashes);
        return chart.Plot;
    }

    private static ChartText Number(double x, double y, string text) => new(text, x, y) { Share = 0, Right = 5, Size = 11, Rim = true };

    private static string Name(SimilarPair pair) => $"{pair.First} / {pair.Second}";

    private static string Alternative(EvaluationReport report, List<SimilarPair> pairs)
    {
        var worst = pairs[0];
        string closest = pairs.Where(pair => pair.DPrime is not null).MinBy(pair => pair.DPrime) is { } near
            ? $" Closest are the embeddings of {near.First} and {near.Second}, d′ {near.DPrime:0.0}." : "";
        string cut = report.SimilarPairs.Count > pairs.Count ? $" {pairs.Count} of {report.SimilarPairs.Count} pairs are shown." : "";
        return $"{worst.First} was taken for {worst.Second} in {Percent.Format(worst.FirstAsSecond)} of its clips, and the other way in "
            + $"{Percent.Format(worst.SecondAsFirst)}.{closest}{cut}";
    }
}
