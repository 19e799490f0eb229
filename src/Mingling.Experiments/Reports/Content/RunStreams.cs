using Mingling.Experiments.Figures;

namespace Mingling.Experiments.Reports.Content;

/// <summary>How several runs do in one stream, in one figure.</summary>
internal static class RunStreams
{
    private const int MostRuns = 8;

    /// <summary>The figure; null where fewer than two runs or more than eight were heard in a stream.</summary>
    public static Figure? Draw(IReadOnlyList<RunReport> runs)
    {
        (string Name, ReportedStream Stream)[] heard = [.. from run in runs where run.Stream is { Evaluation.Curve.Count: > 0 } select (run.Name, run.Stream)];
        return heard.Length is < 2 or > MostRuns ? null : StreamDetFigure.Draw([.. heard.Select(run => (run.Name, run.Stream.Evaluation))]);
    }
}
