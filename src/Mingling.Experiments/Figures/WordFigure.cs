using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Figures;

/// <summary>How well each word is recognised, worst first.</summary>
public static class WordFigure
{
    /// <summary>The figure.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="most">The most words to show, 1 or more; the axis says where there are others.</param>
    public static Figure Draw(EvaluationReport report, int most = 40)
    {
        ArgumentNullException.ThrowIfNull(report);
        return AccuracyBars.Draw("words", "word", Bars(report), most);
    }

    internal static IReadOnlyList<AccuracyBars.Bar> Bars(EvaluationReport report) =>
        [.. report.Words.Select(word => new AccuracyBars.Bar(word.Word, word.Clips, word.Accuracy))];
}
