using Mingling.Experiments.Evaluation;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>A few-shot evaluation in the terminal.</summary>
internal static class FewShotView
{
    public static void Print(FewShotReport report, string file)
    {
        string refused = report.UnknownClips == 0 ? "" : $" and {report.UnknownClips:N0} of {report.UnknownWords.Count} unknown words";
        string protocol = $"{report.KnownWords.Count} words, {report.Shots} clips of each enrolled, {report.TestedClips:N0} others tested{refused}";
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{100 * report.Accuracy:0.0} %[/] recognised with words enrolled as 'mingling enroll' does: {protocol}; {report.Repeats} draws.");
        AnsiConsole.MarkupLineInterpolated($"Clips: {report.Choice}.");
        if (report.Unreadable > 0) AnsiConsole.MarkupLineInterpolated($"{report.Unreadable} recordings could not be used and were left out.");
        OpenSetTable.Print($"{report.Shots} clips of each word enrolled", report.Scores);
        if (report.NoSoftmax is { } because) AnsiConsole.MarkupLineInterpolated($"No softmax scores: {because}.");
        if (report.UnknownWords.Count == 0)
            AnsiConsole.MarkupLine("Name words to refuse with --unknown to see how well they are told from the others.");
        if (report.Episodes is { } episodes)
        {
            string fewest = episodes.FewestQueries < episodes.Queries ? $", as few as {episodes.FewestQueries} where clips are short" : "";
            string task = $"{episodes.Ways}-way {episodes.Shots}-shot, {episodes.Queries} queries a word{fewest}, {episodes.Episodes} drawn";
            AnsiConsole.MarkupLineInterpolated($"Episodes for comparison: {task}: {OpenSetTable.Text(episodes.Accuracy)}");
        }
        AnsiConsole.MarkupLine(report.Repeats > 1
            ? "In brackets the 95 % interval of the mean over draws of enrolment clips; other speakers or words would move it more."
            : "One draw says nothing of its spread; ask for more with --repeats.");
        AnsiConsole.MarkupLineInterpolated($"Written to {file}");
    }
}
