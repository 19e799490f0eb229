using Mingling.Experiments.Figures;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>The runs of a report in one table, and in what they differ.</summary>
internal static class OverviewSection
{
    public static Html Write(IReadOnlyList<RunParts> runs) => runs.Count < 2 ? Html.Empty : Html.Format($"""
        <section id="overview" aria-labelledby="overview-h"><h2 id="overview-h">The runs</h2>
        <p>{Note(runs)}</p>
        <div class="scroll" role="region" tabindex="0" aria-label="Table of runs"><table>
        <caption>The runs of this report</caption>
        <thead><tr><th scope="col">Run</th><th scope="col">encoder</th><th scope="col">loss</th><th scope="col" class="n">words</th><th scope="col" class="n">clips</th><th scope="col" class="n">recognised</th><th scope="col" class="n">95 % interval</th><th scope="col" class="n">intra/inter</th><th scope="col" class="n">equal error rate</th></tr></thead>
        <tbody>{runs.Select(Row)}</tbody></table></div>
        {Together([.. runs.Select(parts => parts.Run)])}</section>

        """);

    private static Html Together(IReadOnlyList<RunReport> runs) =>
        Html.Format($"{new[] { RunMaps.Draw(runs), RunStreams.Draw(runs) }.OfType<Figure>().Select(FigureImage.Write)}");

    private static Html Row(RunParts parts)
    {
        var (run, evaluation) = (parts.Run, parts.Run.Evaluation);
        return Html.Format($"""
            <tr><th scope="row"><a href="#{parts.Id("top")}"><bdi>{run.Name}</bdi></a></th><td>{run.Manifest.Recipe.Encoder.Name}</td><td><code>{run.Manifest.Recipe.Loss.Text}</code></td><td class="n">{run.Manifest.Classes.Count}</td><td class="n">{evaluation.Clips:N0}</td><td class="n">{Words.Percent(evaluation.Accuracy)}</td><td class="n">{Words.Percent(evaluation.AccuracyInterval.Low)} – {Words.Percent(evaluation.AccuracyInterval.High)}</td><td class="n">{Words.Number(evaluation.Distances.Ratio, "0.000")}</td><td class="n">{(run.Verification is { } curve ? Words.Percent(curve.EqualErrorRate()) : "–")}</td></tr>

            """);
    }

    private static string Note(IReadOnlyList<RunParts> runs)
    {
        var differences = RunDifferences.Find([.. runs.Select(parts => parts.Run)]);
        return differences.Count == 0
            ? "All runs were judged by the same clips, so that their figures can be compared."
            : $"These runs differ in {Joined(differences)}: each is shown for itself, and a difference between their figures need not come from the model.";
    }

    private static string Joined(IReadOnlyList<string> clauses) =>
        clauses.Count == 1 ? clauses[0] : $"{string.Join(", ", clauses.SkipLast(1))} and {clauses[^1]}";
}
