using Mingling.Cli.Display;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>An evaluation in the terminal.</summary>
internal static class EvaluationView
{
    private const int Rows = 10;

    public static void Print(EvaluationReport report, string choice, EvaluationFiles files)
    {
        var interval = report.AccuracyInterval;
        string range = $"95 % interval {Percent(interval.Low)} – {Percent(interval.High)}";
        AnsiConsole.MarkupLineInterpolated($"[bold]{Percent(report.Accuracy)}[/] of {report.Clips:N0} clips recognised ({choice}; {range})");
        if (report.Unreadable > 0) AnsiConsole.MarkupLineInterpolated($"{report.Unreadable} recordings could not be used and were left out.");
        if (report.UnknownLabels > 0)
            AnsiConsole.MarkupLineInterpolated($"{report.UnknownLabels} clips carry words that the model does not know and were left out.");

        Print("Words, worst first", ["word", "clips", "recognised", "precision"], report.Words.Take(Rows),
            w => [w.Word, $"{w.Clips}", Percent(w.Accuracy), w.Precision is { } p ? Percent(p) : "–"], report.Words.Count);
        if (report.Speakers.Count > 0)
            Print("Speakers, worst first", ["speaker", "clips", "recognised"], report.Speakers.Take(Rows),
                s => [s.Speaker, $"{s.Clips}", Percent(s.Accuracy)], report.Speakers.Count);
        if (report.Confusions.Count > 0)
            Print("Taken for another word", ["said", "recognised", "clips", "of the word"], report.Confusions.Take(Rows),
                c => [c.Word, c.Recognized, $"{c.Clips}", Percent(c.Share)], report.Confusions.Count);
        Print("Words that sound alike to the model", ["pair", "first as second", "second as first", "d′"], report.SimilarPairs.Take(Rows),
            p => [$"{p.First} / {p.Second}", Percent(p.FirstAsSecond), Percent(p.SecondAsFirst), p.DPrime is { } d ? $"{d:0.0}" : "–"],
            report.SimilarPairs.Count);

        if (report.OpenSet is { } open)
        {
            string refused = string.Join(", ", open.UnknownWords.Select(Cell.Of));
            OpenSetTable.Print($"{open.KnownClips:N0} clips of known words against {open.UnknownClips:N0} of {refused}", [open.Score]);
            AnsiConsole.MarkupLine("In brackets 95 % intervals of bootstrap samples of these clips.");
        }

        if (report.Noise is { } noise)
            Print($"In noise ({noise.Recordings} recordings)", ["signal to noise", "recognised", "95 % interval"],
                noise.Scores.Select(score => ($"{score.SnrDb:0.#} dB", score.Accuracy, score.AccuracyInterval)).Prepend(("no noise", report.Accuracy, interval)),
                row => [row.Item1, Percent(row.Item2), $"{Percent(row.Item3.Low)} – {Percent(row.Item3.High)}"], 0);
        var (within, between, ratio) = report.Distances;
        AnsiConsole.MarkupLineInterpolated($"Distance within a word {Number(within)}, between words {Number(between)}: ratio [bold]{Number(ratio)}[/]");
        AnsiConsole.MarkupLineInterpolated($"Written to {files.Json} and {files.Picture}");
    }

    private static void Print<T>(string title, string[] columns, IEnumerable<T> rows, Func<T, string[]> cells, int all)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(all > Rows ? $"{title} ({Rows} of {all})" : title);
        foreach (string column in columns) table.AddColumn(column);
        table.Columns[0].NoWrap();
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var row in rows) table.AddRow([.. cells(row).Select(Cell.Of)]);
        AnsiConsole.Write(table);
    }

    private static string Percent(double share) => $"{100 * share:0.0} %";

    private static string Number(double? value) => value is { } number ? $"{number:0.000}" : "–";
}
