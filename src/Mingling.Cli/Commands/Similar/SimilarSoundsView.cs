using System.Globalization;
using System.Text;
using Mingling.Cli.Host;
using Mingling.Corpora.Phonetics;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>Words that sound alike, in the terminal: each pair with its sounds under one another.</summary>
internal static class SimilarSoundsView
{
    public static void Print(IReadOnlyList<SpokenWord> words, SimilarSounds sounds, int top)
    {
        int close = sounds.Pairs.Count(pair => pair.IsTooClose);
        AnsiConsole.MarkupLineInterpolated($"{words.Count} words, {sounds.Pairs.Count} pairs; [bold]{close}[/] too close (similarity from {SimilarSounds.TooClose:0.00}).");
        PrintUnknownSymbols(words);
        foreach (var pair in sounds.Pairs.Take(top))
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[bold]{pair.First} / {pair.Second}[/]  {pair.Similarity:0.00}{(pair.IsTooClose ? "  too close" : "")}");
            var (first, second) = Lines(pair.Alignment);
            Console.WriteLine($"    {first}");
            Console.WriteLine($"    {second}");
            AnsiConsole.MarkupLineInterpolated($"    {pair.Advice}");
        }
        if (sounds.Pairs.Count > top) AnsiConsole.MarkupLineInterpolated($"\nand {sounds.Pairs.Count - top} pairs that sound less alike.");
        if (sounds.CloseWords is [{ Pairs: > 1 } worst, ..])
            AnsiConsole.MarkupLineInterpolated($"\n[bold]{worst.Word}[/] is in {worst.Pairs} of the pairs that are too close; to change it first helps most.");
    }

    /// <summary>Says which symbols of the transcriptions are not of the alphabet.</summary>
    public static void PrintUnknownSymbols(IReadOnlyList<SpokenWord> words)
    {
        foreach (var word in words.Where(word => word.Form.UnknownSymbols.Count > 0))
            CommandLine.Complain($"note: {Listed(word.Form.UnknownSymbols)} in '{word.Form.Ipa}' ({word.Word}) is no symbol of the phonetic alphabet; it is like no other sound.");

        static string Listed(IEnumerable<string> symbols) => string.Join(", ", symbols.Select(symbol => $"'{symbol}'"));
    }

    /// <summary>Sounds that differ stand in brackets; a dot stands where one has none.</summary>
    private static (string First, string Second) Lines(PhoneticAlignment alignment)
    {
        var (first, second) = (new StringBuilder(), new StringBuilder());
        foreach (var both in alignment.Sounds)
        {
            string above = Cell(both.Texts.First, both.Differ), below = Cell(both.Texts.Second, both.Differ);
            int width = Math.Max(Width(above), Width(below)) + 1;
            first.Append(above).Append(' ', width - Width(above));
            second.Append(below).Append(' ', width - Width(below));
        }
        return (first.ToString().TrimEnd(), second.ToString().TrimEnd());
    }

    private static string Cell(string? sound, bool differs) => differs ? $"[{sound ?? "·"}]" : $" {sound} ";

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;
}
