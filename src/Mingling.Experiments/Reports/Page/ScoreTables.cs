namespace Mingling.Experiments.Reports.Page;

/// <summary>How well each speaker is understood and each word recognised, worst first, as tables with bars.</summary>
internal static class ScoreTables
{
    private const int Rows = 20;

    public static Html Write(RunParts parts)
    {
        var evaluation = parts.Run.Evaluation;
        var words = evaluation.Words.Select(word => new Row(Html.Word(word.Word), word.Clips, word.Accuracy, word.Precision)).ToList();
        var speakers = evaluation.Speakers.Select(speaker => new Row(Html.Word(speaker.Speaker), speaker.Clips, speaker.Accuracy, null)).ToList();
        return Html.Format($"""
            <section id="{parts.Id("bars")}" aria-labelledby="{parts.Id("bars")}-h">
            <h3 id="{parts.Id("bars")}-h">By speaker and by word</h3>
            {(speakers.Count > 0 ? Html.Empty : Html.Format($"<p>Speakers are not known in this corpus.</p>"))}
            <div class="sides">{(speakers.Count > 0 ? Table("Speakers, worst first", "Speaker", speakers, precision: false) : Html.Empty)}
            {Table("Words, worst first", "Word", words, precision: true)}</div>
            </section>

            """);
    }

    private static Html Table(string caption, string name, List<Row> rows, bool precision)
    {
        var rest = rows.Count <= Rows ? Html.Empty : Html.Format($"""
            <details><summary>{rows.Count - Rows:N0} better ones</summary>{Body(caption + ", the others", name, rows.Skip(Rows), precision)}</details>
            """);
        return Html.Format($"<div>{Body(caption, name, rows.Take(Rows), precision)}{rest}</div>");
    }

    private static Html Body(string caption, string name, IEnumerable<Row> rows, bool precision) => Html.Format($"""
        <div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table class="bars"><caption>{caption}</caption>
        <thead><tr><th scope="col">{name}</th><th scope="col" class="n">clips</th><th scope="col" colspan="2">recognised</th>{(precision ? Html.Format($"<th scope=\"col\" class=\"n\">precision</th>") : Html.Empty)}</tr></thead>
        <tbody>{rows.Select(row => Html.Format($"""
        <tr><th scope="row">{row.Name}</th><td class="n">{row.Clips:N0}</td><td class="n">{Words.Percent(row.Accuracy)}</td><td class="bar"><span><span style="width:{100 * row.Accuracy:0.0}%"></span></span></td>{(precision ? Html.Format($"<td class=\"n\">{Share(row.Precision)}</td>") : Html.Empty)}</tr>

        """))}</tbody></table></div>

        """);

    private static string Share(double? share) => share is { } known ? Words.Percent(known) : "–";

    private sealed record Row(Html Name, int Clips, double Accuracy, double? Precision);
}
