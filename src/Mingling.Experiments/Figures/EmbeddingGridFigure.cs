using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Figures;

/// <summary>
/// Maps of embeddings side by side, such as for a growing weight of the center loss (Wen et al. 2016, figures 2 and 3), without rings, which
/// would hide the shape of the whole.
/// </summary>
public static class EmbeddingGridFigure
{
    private const int Side = 340, MostColumns = 4;
    private const float WordSize = 11;

    /// <summary>The figure.</summary>
    /// <param name="maps">The maps in their order, at least one, each with what stands above it, such as "λ = 0.001".</param>
    /// <param name="classes">The words by index, the same for all maps.</param>
    /// <param name="origin">Whether to mark the origins and the axes, for embeddings of 2 values. True by default.</param>
    /// <exception cref="ArgumentException">There is no map, or one is empty or holds a class without a word.</exception>
    public static Figure Draw(IReadOnlyList<CaptionedMap> maps, IReadOnlyList<string> classes, bool origin = true)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(classes);
        if (maps.Count == 0) throw new ArgumentException("there must be at least one map.", nameof(maps));
        foreach (var map in maps) EmbeddingFigure.Check(map.Map, classes);
        string alternative = $"{maps.Count} maps of the embeddings of {maps.SelectMany(map => map.Map.Points).Select(point => point.Class).Distinct().Count()} words ({maps[0].Map.Method}), "
            + $"{string.Join("; ", maps.Select(map => $"{map.Caption}: {map.Map.Points.Count} clips"))}.";
        return Figure.Make("embedding-grid", "The embeddings side by side", alternative, MostColumns, Side, Side + 20,
            [.. maps.Select(map => (Func<Inks, ScottPlot.Plot>)(inks => EmbeddingPlot.Draw(map.Map, classes, inks, origin, "", map.Caption, WordSize, rings: false)))]);
    }
}

/// <summary>A map and what stands above it.</summary>
/// <param name="Caption">Such as "λ = 0.001".</param>
/// <param name="Map">The map.</param>
public sealed record CaptionedMap(string Caption, EmbeddingMap Map);
