using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Content;

/// <summary>The embeddings of several runs in one figure, such as of runs with a growing weight of the center loss.</summary>
internal static class RunMaps
{
    private const int MostRuns = 8;

    /// <summary>The figure; null where there is one run or more than eight, or where they differ so that they cannot stand side by side.</summary>
    public static Figure? Draw(IReadOnlyList<RunReport> runs)
    {
        if (runs.Count is < 2 or > MostRuns || runs.Any(run => run.Maps.Count == 0) || RunDifferences.Find(runs).Count > 0) return null;
        var words = runs[0].Evaluation.Classes;
        if (!runs.All(run => run.Evaluation.Classes.SequenceEqual(words))) return null;
        bool losses = runs.Select(run => run.Manifest.Recipe.Loss.Text).Distinct(StringComparer.Ordinal).Count() == runs.Count;
        return EmbeddingGridFigure.Draw([.. runs.Select(run => new CaptionedMap(losses ? run.Manifest.Recipe.Loss.Text : run.Name, run.Maps[0]))],
            words, origin: runs.All(run => run.Maps[0].IsEmbedding));
    }
}
