using Mingling.Experiments.Evaluation;
using ScottPlot;

namespace Mingling.Experiments.Figures;

/// <summary>
/// The embeddings of clips in the plane: a point for each clip in the colour and shape of its word, the word itself in their midst, and
/// a ring around clips that lie far from it.
/// </summary>
public static class EmbeddingFigure
{
    private const int Side = 720, Named = 3;

    /// <summary>The figure.</summary>
    /// <param name="map">The map, of one point or more.</param>
    /// <param name="classes">The words by index.</param>
    /// <param name="origin">Whether to mark the origin and the axes: for embeddings of 2 values, whose rays start there. False by default.</param>
    /// <exception cref="ArgumentException">The map is empty or holds a class without a word.</exception>
    public static Figure Draw(EmbeddingMap map, IReadOnlyList<string> classes, bool origin = false)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Check(map, classes);
        return Figure.Make("embeddings", "The clips as the model sees them", Alternative(map, classes), Side, Side + 40,
            inks => EmbeddingPlot.Draw(map, classes, inks, origin, map.Method));
    }

    internal static void Check(EmbeddingMap map, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Points.Count == 0) throw new ArgumentException("there must be at least one point in a map.", nameof(map));
        if (map.Points.FirstOrDefault(point => point.Class < 0 || point.Class >= classes.Count) is { } strange)
            throw new ArgumentException($"a point is of class {strange.Class}, but there are {classes.Count} words.", nameof(map));
    }

    private static string Alternative(EmbeddingMap map, IReadOnlyList<string> classes)
    {
        int outliers = map.Points.Count(point => point.IsOutlier);
        var suspects = map.Points.Where(point => point.IsSuspect).ToList();
        string words = string.Join(", ", suspects.GroupBy(point => point.Class).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Take(Named).Select(group => $"{classes[group.Key]} {group.Count()}"));
        return $"{map.Points.Count} clips of {map.Points.Select(point => point.Class).Distinct().Count()} words as points ({map.Method}). "
            + $"{suspects.Count} lie near another word than their own{(suspects.Count > 0 ? $", most of {words}" : "")}, and {outliers} far from all.";
    }
}
