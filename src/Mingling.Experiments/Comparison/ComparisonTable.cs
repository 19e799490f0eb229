using System.Text;

namespace Mingling.Experiments.Comparison;

/// <summary>A comparison as a table of texts, for the terminal and for Markdown.</summary>
public static class ComparisonTable
{
    /// <summary>The columns; the first is the loss.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "loss", "accuracy %", "to first", "p folds", "p clips", "real", "similar pairs %",
        "intra/inter", "worst d′", "5-shot %", "AUROC", "FRR % at FAR 5 %", "s/epoch",
    ];

    /// <summary>A row for each variant, as many cells as columns; what is not known is a dash.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(ComparisonReport report) =>
        [.. report.Variants.Select((variant, i) => Row(variant, i == 0))];

    /// <summary>What the table rests on, a few sentences.</summary>
    public static IReadOnlyList<string> Notes(ComparisonReport report)
    {
        string over = report.SpeakersKnown ? "speakers" : "recordings";
        string speakers = report.Folds == 1 ? "one split" : $"{report.Folds} folds over {over}";
        List<string> notes =
        [
            $"{report.Words.Count} words, {report.ValidationClips:N0} clips judged in {speakers}, "
                + $"{Count(report.Seeds, "seed")}, {Count(report.Epochs, "epoch")}; weights after the last epoch.",
        ];
        if (report.SimilarPairs.Count > 0)
            notes.Add($"Similar pairs: {string.Join(", ", report.SimilarPairs.Select(pair => $"{pair.First} / {pair.Second}"))}.");
        if (report.HeldOutWords.Count > 0) notes.Add($"Held-out words: {string.Join(", ", report.HeldOutWords)}.");
        if (report.Variants.Count > 1)
            notes.Add("A difference of accuracy to the first loss is called real where every test that could be made, "
                + "corrected for the number of losses, has p below 0.05.");
        int warned = report.Variants.Sum(variant => variant.Runs.Concat(variant.Probes).Count(run => run.Warnings.Count > 0));
        if (warned > 0) notes.Add($"{Count(warned, "run")} gave warnings, which comparison.json lists.");
        if (report.FailedRuns > 0) notes.Add($"{Count(report.FailedRuns, "run")} failed: {FirstError(report)}");
        if (report.MissingRuns > 0) notes.Add($"{Count(report.MissingRuns, "run")} not made yet.");
        return notes;
    }

    /// <summary>The table in Markdown with its notes.</summary>
    public static string Markdown(ComparisonReport report)
    {
        var text = new StringBuilder();
        Line(Columns);
        Line(Columns.Select((_, i) => i == 0 ? "---" : "--:"));
        foreach (var row in Rows(report)) Line(row.Select(ShownText.MarkdownCell));
        foreach (string note in Notes(report)) text.Append('\n').Append(ShownText.MarkdownCell(note)).Append('\n');
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string[] Row(VariantScore score, bool first) =>
    [
        score.Loss,
        Percent(score.Accuracy) + (score.AccuracyDeviation is { } deviation ? $" ± {100 * deviation:0.0}" : ""),
        first ? "" : score.AccuracyDifference is { } difference ? $"{100 * difference:+0.0;-0.0;0.0}" : "–",
        first ? "" : Probability(score.PairedP),
        first ? "" : Probability(score.McnemarP),
        first ? "" : score.Real switch { true => "yes", false => "no", _ => "–" },
        Percent(score.SimilarPairError),
        score.IntraInterRatio is { } ratio ? $"{ratio:0.000}" : "–",
        score.WorstPairDPrime is { } dPrime ? $"{dPrime:0.00}" : "–",
        Percent(score.FewShotAccuracy),
        score.UnknownAuroc is { } auroc ? $"{auroc:0.000}" : "–",
        Percent(score.FrrAtFar5),
        score.SecondsPerEpoch is { } seconds ? $"{seconds:0.00}" : "–",
    ];

    private static string Percent(double? share) => share is { } value ? $"{100 * value:0.0}" : "–";

    private static string Probability(double? p) => p switch { null => "–", < 0.001 => "<0.001", _ => $"{p:0.000}" };

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string FirstError(ComparisonReport report)
    {
        var all = report.Variants.SelectMany(variant => variant.Runs.Concat(variant.Probes).Select(run => (variant.Loss, Run: run)));
        var (loss, run) = all.FirstOrDefault(pair => pair.Run.Error is not null);
        return run is null ? "nothing was said of why." : $"{loss}, fold {run.Fold}, seed {run.Seed}: {run.Error}";
    }
}
