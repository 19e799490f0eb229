using Mingling.Experiments.Comparison;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>All that the page shows of one comparison.</summary>
internal static class ComparisonSection
{
    public static Html Write(ReportedComparison comparison, int index)
    {
        string id = Id(index);
        var report = comparison.Result;
        return Html.Format($"""
            <section class="run" id="{id}" aria-labelledby="{id}-h">
            <h2 id="{id}-h"><span class="kicker">Comparison <bdi>{comparison.Name}</bdi></span> {Headline(report)}</h2>
            {Table(report)}
            {ComparisonTable.Notes(report).Select(note => Html.Format($"<p>{note}</p>\n"))}
            <h3>What was compared</h3>
            <dl>{Rows(comparison.Plan).Select(row => Html.Format($"<div><dt>{row.Name}</dt><dd>{row.Value}</dd></div>\n"))}</dl>
            {FigureSection.Write(id + "-accuracy", "Accuracy", ComparisonFigures.Draw(comparison))}
            </section>

            """);
    }

    public static string Id(int index) => $"comparison-{index}";

    private static string Headline(ComparisonReport report)
    {
        int others = report.Variants.Count - 1, real = report.Variants.Count(variant => variant.Real == true);
        if (others == 0) return "One loss alone";
        if (report.Variants.All(variant => variant.Real is null)) return "No loss was tested against the first";
        return real == 0 ? "No loss differs from the first beyond chance" : $"{real} of {others} others {(real == 1 ? "differs" : "differ")} from the first beyond chance";
    }

    private static Html Table(ComparisonReport report) => Html.Format($"""
        <div class="scroll" role="region" tabindex="0" aria-label="Table of losses"><table>
        <caption>The losses; differences are to the first</caption>
        <thead><tr>{ComparisonTable.Columns.Select((column, i) => Html.Format($"<th scope=\"col\"{Html.Trusted(i == 0 ? "" : " class=\"n\"")}>{column}</th>"))}</tr></thead>
        <tbody>{ComparisonTable.Rows(report).Select(row => Html.Format($"<tr><th scope=\"row\"><code>{row[0]}</code></th>{row.Skip(1).Select(cell => Html.Format($"<td class=\"n\">{cell}</td>"))}</tr>\n"))}</tbody></table></div>

        """);

    private static (string Name, Html Value)[] Rows(ComparisonPlan plan) =>
    [
        ("Encoder", Html.Format($"{plan.Recipe.Encoder.Name}")),
        ("Training", Html.Format($"{Words.Count(plan.Folds.Count, "fold")}, {Words.Count(plan.Seeds, "seed")}, {Words.Count(plan.Recipe.Epochs, "epoch")} each")),
        ("Corpus", Html.Format($"<bdi>{plan.Source.Path}</bdi>")),
        ("Words", Html.Format($"{plan.Words.Count}: {Html.Join(plan.Words.Select((word, i) => i == 0 ? Html.Word(word) : Html.Format($", {Html.Word(word)}")))}")),
        ("Made by", Html.Format($"Mingling {plan.Version}")),
    ];
}
