using Mingling.Experiments.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>An evaluation at a glance: the confusion matrix, the speakers (worst first) and the words that lie closest.</summary>
public static class EvaluationFigure
{
    private const int Bars = 12, SideWidth = 460;

    /// <summary>The figure.</summary>
    /// <param name="report">The evaluation.</param>
    public static Figure Draw(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (width, height) = ConfusionFigure.Size(report.Classes.Count);
        return new Figure("evaluation", "The evaluation at a glance", ConfusionFigure.Alternative(report), width + SideWidth, height,
            theme => Draw(report, Inks.For(theme), width));
    }

    private static Multiplot Draw(EvaluationReport report, Inks inks, int matrixWidth)
    {
        var plots = new List<(Plot Plot, GridCell Cell)>();
        // Columns as narrow as ten points let the matrix be as wide as it asks to be.
        int matrix = matrixWidth / 10, all = (matrixWidth + SideWidth) / 10;
        Add(ConfusionFigure.Draw(report, inks, $"{Percent.Format(report.Accuracy)} of {report.Clips} clips recognised"), new GridCell(0, 0, 1, all, 1, matrix));
        bool known = report.Speakers.Count > 0;
        Add(AccuracyBars.Draw(known ? "speaker" : "word", known ? SpeakerFigure.Bars(report) : WordFigure.Bars(report), Bars, inks,
            known ? "Recognised by speaker, worst first" : "Recognised by word, worst first"), new GridCell(0, matrix, 2, all, 1, all - matrix));
        var closest = report.SimilarPairs.Where(pair => pair.DPrime is not null).OrderBy(pair => pair.DPrime).Take(Bars).ToList();
        if (closest.Count > 0) Add(SimilarPairsFigure.Distances(closest, inks, "Closest words", labelRoom: 180), new GridCell(1, matrix, 2, all, 1, all - matrix));
        return Figure.Arrange(plots);

        void Add(Plot plot, GridCell cell) => plots.Add((plot, cell));
    }
}
