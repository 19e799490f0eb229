using Mingling.Boards;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>An export as C in the terminal.</summary>
internal static class BoardView
{
    public static void Print(BoardReport report, string folder, (int Rom, int Ram)? measured)
    {
        string kind = report.Int8 ? "8-bit integers" : "floats";
        AnsiConsole.MarkupLineInterpolated($"[bold]{Path.Combine(folder, report.Name)}.c[/] and .h: {report.Card.Encoder} in {kind}, with example.c and README.md");
        AnsiConsole.MarkupLineInterpolated(
            $"ROM: {report.TableBytes:N0} bytes of tables and some 13 kB of code; RAM: {report.StateBytes:N0} bytes for each stream and 1.5 to 3 kB of stack.");
        if (measured is { } board)
            AnsiConsole.MarkupLineInterpolated($"Compiled for a Cortex-M4F by arm-none-eabi-gcc -Os: [bold]{board.Rom:N0} bytes of ROM, {board.Ram:N0} bytes of RAM[/] for one stream, the stack aside.");
        AnsiConsole.MarkupLineInterpolated($"The network takes {report.MultiplyAdds:N0} multiplications and additions every {report.StepMs:0.#} ms.");
        AnsiConsole.MarkupLineInterpolated(
            $"In floats it differs from the model file by at most {report.LargestDifference:0.0e+0}; allowed is {BoardExport.Tolerance:0.0e+0}.");
        if (report.DifferingClips is { } share)
            AnsiConsole.MarkupLineInterpolated($"In 8-bit integers it recognises another word, or none, in [bold]{100 * share:0.0} %[/] of {report.CheckedClips:N0} clips.");
    }
}
