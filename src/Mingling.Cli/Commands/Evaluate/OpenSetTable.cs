using Mingling.Experiments.Evaluation;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>Known words recognised and unknown ones refused, one column for each way of scoring.</summary>
internal static class OpenSetTable
{
    public static void Print(string title, IReadOnlyList<OpenSetScore> scores)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(title).AddColumn("");
        foreach (var score in scores) table.AddColumn(score.Name);
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        Row("recognised", score => score.Accuracy);
        if (scores[0].Auroc is not null)
        {
            Row("area under the curve (AUROC)", score => score.Auroc!);
            Row("equal error rate (EER)", score => score.Eer!);
            foreach (double rate in OpenSetFigures.Rates) Row($"rejected (FRR) at {100 * rate:0.#} % false accepts", score => score.Frr![rate]);
            Row("right and accepted at 5 % false accepts", score => score.AccuracyAtFar5!);
        }
        AnsiConsole.Write(table);

        void Row(string name, Func<OpenSetScore, Estimate> figure) => table.AddRow([name, .. scores.Select(score => Text(figure(score)))]);
    }

    public static string Text(Estimate share) => share is { Low: { } low, High: { } high }
        ? $"{100 * share.Mean:0.0} % ({100 * low:0.0} – {100 * high:0.0})"
        : $"{100 * share.Mean:0.0} %";
}
