using Mingling.Training.Data;

namespace Mingling.Experiments.Reports.Content;

/// <summary>In what the runs of one report differ so that their figures must not be held against each other.</summary>
internal static class RunDifferences
{
    /// <summary>A clause for each difference, such as "their words"; none where figures can be compared.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<RunReport> runs)
    {
        var differences = new List<string>();
        Check(run => run.Manifest.Corpus.Source.Path, "their corpus");
        Check(run => string.Join('\n', run.Manifest.Classes.Order(StringComparer.Ordinal)), "their words");
        Check(run => string.Join('\n', run.Clips.Select(clip => PreparedCorpus.ClipId(clip.Clip)).Order(StringComparer.Ordinal)), "the clips that judge them");
        Check(run => run.Manifest.Version, "the version of Mingling that trained them");
        return differences;

        void Check(Func<RunReport, string> trait, string clause)
        {
            if (runs.Select(trait).Distinct(StringComparer.Ordinal).Count() > 1) differences.Add(clause);
        }
    }
}
