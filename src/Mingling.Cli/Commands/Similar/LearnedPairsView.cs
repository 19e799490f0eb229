using Mingling.Cli.Display;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>What trained models confuse, in the terminal, beside how alike it sounds.</summary>
internal static class LearnedPairsView
{
    public static void Print(LearnedPairs learned, int top)
    {
        string models = learned.Models == 1 ? "" : $" over {learned.Models} models";
        AnsiConsole.MarkupLineInterpolated($"{learned.Clips:N0} clips judged{models} ({learned.Choice})");
        SimilarSoundsView.PrintUnknownSymbols(learned.Words);
        var forms = learned.Words.ToDictionary(word => word.Word, word => word.Form.Ipa);
        bool heard = forms.Count > 0;
        var table = new Table().Border(TableBorder.Rounded)
            .Title(learned.Pairs.Count > top ? $"Words most confused ({top} of {learned.Pairs.Count} pairs)" : "Words most confused").AddColumn("pair");
        if (heard) table.AddColumn("spoken");
        foreach (string column in new[] { "first as second", "second as first", "of their clips", "d′" }) table.AddColumn(new TableColumn(column).RightAligned());
        if (heard) table.AddColumn(new TableColumn("similarity of sounds").RightAligned());
        foreach (var pair in learned.Pairs.Take(top))
        {
            string[] spoken = heard ? [$"{forms.GetValueOrDefault(pair.First, "?")} / {forms.GetValueOrDefault(pair.Second, "?")}"] : [];
            string[] similarity = heard ? [pair.Sounds is { } sounds ? $"{sounds.Similarity:0.00}{(sounds.IsTooClose ? " too close" : "")}" : "–"] : [];
            string[] cells = [$"{pair.First} / {pair.Second}", .. spoken, $"{pair.FirstAsSecond}", $"{pair.SecondAsFirst}", $"{100 * pair.ConfusedShare:0.0} %",
                pair.DPrime is { } d ? $"{d:0.0}" : "–", .. similarity];
            table.AddRow([.. cells.Select(Cell.Of)]);
        }
        AnsiConsole.Write(table);
        Print("confusions", learned.WithConfusions);
        Print("−d′", learned.WithDPrime);
    }

    private static void Print(string figure, Agreement? agreement)
    {
        if (agreement is { Spearman: { } rho, KendallTauB: { } tau })
            AnsiConsole.MarkupLineInterpolated($"Similarity of sounds and {figure}, by rank over all pairs: Spearman's ρ {rho:0.00}, Kendall's τ-b {tau:0.00}");
    }
}
