using System.Globalization;

namespace Mingling.Experiments.Comparison;

/// <summary>Accuracy against one axis of a grid, a line for each setting of all others, as the center-loss paper shows λ and α.</summary>
/// <param name="Axis">The axis, such as center.weight.</param>
/// <param name="Lines">The lines.</param>
internal sealed record SweepPanel(string Axis, IReadOnlyList<SweepLine> Lines)
{
    /// <summary>A panel for each axis whose values are numbers and differ; none where nothing was swept.</summary>
    public static IReadOnlyList<SweepPanel> Arrange(ComparisonReport report, ComparisonPlan plan)
    {
        var points = plan.Variants.Zip(report.Variants).Where(pair => pair.Second.Accuracy is not null)
            .SelectMany(pair => pair.First.Points.Select(point => (Point: point, Score: pair.Second))).ToList();
        bool severalBases = points.Select(pair => pair.Point.Basis).Distinct().Count() > 1;
        return
        [
            .. from axis in points.SelectMany(pair => pair.Point.Values.Keys).Distinct()
               let own = points.Where(pair => pair.Point.Values.ContainsKey(axis)).ToList()
               where own.All(pair => Number(pair.Point.Values[axis]) is not null)
                   && own.Select(pair => pair.Point.Values[axis]).Distinct().Count() > 1
               select new SweepPanel(axis, [.. own.GroupBy(pair => Label(pair.Point, axis, severalBases)).Select(line => Line(line.Key, axis, line))]),
        ];
    }

    private static SweepLine Line(string label, string axis, IEnumerable<(GridPoint Point, VariantScore Score)> points) => new(label,
        [.. points.Select(pair => new SweepPoint(Number(pair.Point.Values[axis])!.Value, pair.Score.Accuracy!.Value, pair.Score.AccuracyDeviation))
            .OrderBy(point => point.Value)]);

    private static string Label(GridPoint point, string axis, bool withBasis)
    {
        var others = point.Values.Where(value => value.Key != axis).Select(value => $"{value.Key} = {value.Value}");
        return string.Join(", ", withBasis ? others.Prepend(point.Basis) : others);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}

/// <summary>A line of a panel.</summary>
/// <param name="Label">What the other settings are; empty where there are none.</param>
/// <param name="Points">Its points from left to right.</param>
internal sealed record SweepLine(string Label, IReadOnlyList<SweepPoint> Points);

/// <summary>A point of a line.</summary>
/// <param name="Value">The value on the axis.</param>
/// <param name="Accuracy">The mean accuracy.</param>
/// <param name="Deviation">Its standard deviation; null with one run.</param>
internal sealed record SweepPoint(double Value, double Accuracy, double? Deviation);
