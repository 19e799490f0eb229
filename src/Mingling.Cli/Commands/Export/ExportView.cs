using Mingling.Training.Export;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>An export in the terminal.</summary>
internal static class ExportView
{
    public static void Print(ExportReport report, string path, bool real)
    {
        var card = report.Card;
        string input = card.Input.ToString().ToLowerInvariant();
        AnsiConsole.MarkupLineInterpolated($"[bold]{path}[/]: {card.Encoder}, {card.Classes.Count} words, takes {input}, {Size(report.Bytes)}");
        string clips = real ? $"{report.CheckedClips:N0} held-out clips" : $"{report.CheckedClips} clips of made sound";
        AnsiConsole.MarkupLineInterpolated(
            $"On {clips} the graph and the model in training differ by at most {report.LargestDifference:0.0e+0}; allowed is {ModelExporter.Tolerance:0.0e+0}.");
        if (card.Int8)
            AnsiConsole.MarkupLineInterpolated(
                $"In 8-bit integers it takes {Size(report.Bytes)} instead of {Size(report.FloatBytes)} and gives the same word for {Percent(report.Agreement)} of the clips.");
        if (report.Accuracy is { } accuracy && report.FloatAccuracy is { } floats)
            AnsiConsole.MarkupLineInterpolated(
                $"It recognises [bold]{Percent(accuracy)}[/] of them{(card.Int8 ? $"; in floats {Percent(floats)}" : "")}.");
    }

    private static string Size(long bytes) => $"{bytes / 1024.0:N0} KiB";

    private static string Percent(double share) => $"{100 * share:0.0} %";
}
