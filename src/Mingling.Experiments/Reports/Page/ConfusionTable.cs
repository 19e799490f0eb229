namespace Mingling.Experiments.Reports.Page;

/// <summary>The confusion matrix as a table; a cell of errors is a button that lists its clips.</summary>
internal static class ConfusionTable
{
    // The shade of a cell, from the share of the word's clips: even few errors must be seen.
    private static readonly double[] Steps = [0.02, 0.05, 0.1, 0.25, 0.5];

    public static Html Write(RunParts parts)
    {
        var words = parts.Words;
        return Html.Format($"""
            <section id="{parts.Id("matrix")}" aria-labelledby="{parts.Id("matrix")}-h">
            <h3 id="{parts.Id("matrix")}-h">What was taken for what</h3>
            <p>A row for each word that was said, a column for each that was recognised. Numbers off the diagonal are errors: choose one to see and hear its clips.</p>
            <div class="scroll" role="region" tabindex="0" aria-label="Confusion matrix"><table class="matrix">
            <caption>Clips by the word said and the word recognised</caption>
            <thead><tr><th scope="col"><span class="corner">said ↓ recognised →</span></th>{words.Select(word => Html.Format($"<th scope=\"col\"><span>{Html.Word(word)}</span></th>"))}</tr></thead>
            <tbody>{words.Select((_, said) => Row(parts, said))}</tbody></table></div>
            <div class="cell-clips" id="{parts.Id("cell")}" role="status"></div>
            </section>

            """);
    }

    private static Html Row(RunParts parts, int said)
    {
        int[] counts = parts.Run.Evaluation.ConfusionMatrix[said];
        int all = Math.Max(1, counts.Sum());
        return Html.Format($"""
            <tr><th scope="row">{Html.Word(parts.Words[said])}</th>{counts.Select((count, heard) => Cell(parts, said, heard, count, (double)count / all))}</tr>

            """);
    }

    private static Html Cell(RunParts parts, int said, int heard, int count, double share)
    {
        int step = Steps.Count(edge => share > edge);
        if (said == heard) return Html.Format($"<td class=\"hit s{step}\">{count}</td>");
        if (count == 0) return Html.Format($"<td></td>");
        return Html.Format($"""
            <td class="miss s{step}"><button type="button" data-run="{parts.Index}" data-said="{said}" data-heard="{heard}" aria-controls="{parts.Id("cell")}" aria-label="{Words.Count(count, "clip")} of {parts.Words[said]} taken for {parts.Words[heard]}">{count}</button></td>
            """);
    }
}
