using System.Globalization;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>A report as one HTML file that needs nothing else: no network, no folder beside it.</summary>
internal static class ReportPage
{
    /// <summary>The characters of all sound together, so that the page stays below 15 MB with pictures and figures.</summary>
    private const long SoundRoom = 9_000_000;

    public static string Write(Report report)
    {
        var sounds = new List<string>();
        List<RunParts> runs = [.. report.Runs.Select((run, i) => RunParts.Prepare(run, i, SoundRoom / report.Runs.Count, sounds))];
        return Html.Format($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; media-src data:">
            <meta name="generator" content="Mingling {report.Version}"><link rel="icon" href="data:,">
            <title>{Title(report)}</title>
            <style>{Resource("page.css")}{MapDrawing.Coloring()}</style></head>
            <body><a class="skip" href="#content">To the report</a>
            <header><p class="brand">Mingling</p><h1>{Title(report)}</h1>
            <p class="quiet">Written {Date(report.Written)} by Mingling {report.Version}</p>
            <button type="button" id="theme" aria-pressed="false">Dark</button></header>
            <nav aria-label="Contents">{Contents(runs, report.Comparisons)}</nav>
            <main id="content" tabindex="-1">
            {OverviewSection.Write(runs)}
            {runs.Select(RunSection.Write)}
            {report.Comparisons.Select(ComparisonSection.Write)}
            </main>
            <footer id="player" role="region" aria-label="Player" hidden><audio controls></audio><p role="status"></p><button type="button" aria-label="Close the player">×</button></footer>
            <noscript><p class="note">Sound, the choice of clips and the filter of words need JavaScript, which is switched off.</p></noscript>
            <script type="application/json" id="data">{PageData.Write(runs)}</script>
            <script type="application/json" id="sounds">{PageData.OfSounds(sounds)}</script>
            <script>{Resource("page.js")}</script>
            </body></html>

            """).ToString();
    }

    private static string Title(Report report)
    {
        string[] names = [.. report.Runs.Select(run => run.Name), .. report.Comparisons.Select(comparison => comparison.Name)];
        return names.Length == 1 ? $"Report on {names[0]}" : $"Report on {names.Length} trainings";
    }

    private static string Date(DateTime written) => written.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private static Html Contents(IReadOnlyList<RunParts> runs, IReadOnlyList<ReportedComparison> comparisons) => Html.Format($"""
        <ul>{(runs.Count < 2 ? Html.Empty : Html.Format($"<li><a href=\"#overview\">The runs</a></li>"))}{runs.Select(parts => Html.Format($"""
        <li><a href="#{parts.Id("top")}"><bdi>{parts.Run.Name}</bdi></a><ul>{Sections(parts).Select(section => Html.Format($"<li><a href=\"#{parts.Id(section.Id)}\">{section.Title}</a></li>"))}</ul></li>
        """))}{comparisons.Select((comparison, i) => Html.Format($"<li><a href=\"#{ComparisonSection.Id(i)}\"><bdi>{comparison.Name}</bdi></a></li>"))}</ul>
        """);

    private static IEnumerable<(string Id, string Title)> Sections(RunParts parts)
    {
        yield return ("summary", "In short");
        yield return ("matrix", "What was taken for what");
        yield return ("pairs", "Similar words");
        if (parts.Run.Maps.Count > 0) yield return ("map", "The embeddings");
        if (parts.Figures.Telling.Count > 0) yield return ("telling", "How far words lie apart");
        if (parts.Run.Stream is not null) yield return ("stream", StreamSection.Title);
        yield return ("bars", "By speaker and by word");
        if (parts.Figures.Training.Count > 0) yield return ("training", "How the training went");
    }

    private static Html Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(name)!);
        return Html.Trusted(reader.ReadToEnd());
    }
}
