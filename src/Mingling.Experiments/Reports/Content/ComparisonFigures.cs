using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Content;

/// <summary>The figures of a comparison.</summary>
internal static class ComparisonFigures
{
    public static IReadOnlyList<Figure> Of(ReportedComparison comparison)
    {
        List<Figure> figures = [];
        if (comparison.Result.Variants.Any(variant => variant.Accuracy is not null)) figures.Add(ComparisonFigure.Of(comparison.Result));
        if (SweepFigure.Of(comparison.Result, comparison.Plan) is { } sweep) figures.Add(sweep);
        return figures;
    }
}
