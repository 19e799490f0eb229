using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Content;

/// <summary>The figures of a comparison.</summary>
internal static class ComparisonFigures
{
    public static IReadOnlyList<Figure> Draw(ReportedComparison comparison)
    {
        List<Figure> figures = [];
        if (comparison.Result.Variants.Any(variant => variant.Accuracy is not null)) figures.Add(ComparisonFigure.Draw(comparison.Result));
        if (SweepFigure.Draw(comparison.Result, comparison.Plan) is { } sweep) figures.Add(sweep);
        return figures;
    }
}
