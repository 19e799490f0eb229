using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>A run as the page shows it: what was measured, and what all of its sections need.</summary>
/// <param name="Run">What was measured.</param>
/// <param name="Index">Its place among the runs of the page, from 0: part of every identifier.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Pairs">Its similar pairs with their errors.</param>
/// <param name="Media">The clips that can be heard.</param>
internal sealed record RunParts(RunReport Run, int Index, RunFigures Figures, IReadOnlyList<WordPairErrors> Pairs, ClipMedia Media)
{
    private const int ErrorsOfPair = 2;

    public IReadOnlyList<string> Words => Run.Evaluation.Classes;

    /// <summary>An identifier within the page.</summary>
    public string Id(string part) => $"run-{Index}-{part}";

    /// <summary>The clips that lie where they should not: probable labelling mistakes, then outliers, those most in doubt first.</summary>
    public static IEnumerable<(ReportedClip Clip, MapPoint Point)> Strange(RunReport run) => run.Maps.Count == 0 ? [] :
        run.Clips.Zip(run.Maps[0].Points).Where(pair => pair.Second.IsSuspect || pair.Second.IsOutlier)
            .OrderByDescending(pair => pair.Second.IsSuspect).ThenByDescending(pair => pair.Second.Doubt);

    /// <summary>Gathers what the sections need.</summary>
    /// <param name="run">The run.</param>
    /// <param name="index">Its place among the runs of the page.</param>
    /// <param name="room">The characters that its sound may take.</param>
    /// <param name="sounds">Receives its sound.</param>
    public static RunParts Prepare(RunReport run, int index, long room, List<string> sounds)
    {
        var pairs = WordPairErrors.Count(run);
        return new RunParts(run, index, RunFigures.Draw(run), pairs, new ClipMedia(run, Wanted(run, pairs), room, sounds));
    }

    /// <summary>First something of every pair, then the clips in doubt, then all other errors.</summary>
    private static IEnumerable<ReportedClip> Wanted(RunReport run, IReadOnlyList<WordPairErrors> pairs) =>
    [
        .. pairs.SelectMany(pair => pair.First.Take(ErrorsOfPair).Concat(pair.Second.Take(ErrorsOfPair))
            .Concat(new[] { pair.RightFirst, pair.RightSecond }.OfType<ReportedClip>())),
        .. Strange(run).Select(strange => strange.Clip),
        .. pairs.SelectMany(pair => pair.Clips),
    ];
}
