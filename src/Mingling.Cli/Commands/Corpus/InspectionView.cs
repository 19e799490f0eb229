using Mingling.Cli.Display;
using Mingling.Corpora.Inspection;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>An inspected corpus in the terminal.</summary>
internal static class InspectionView
{
    private const int Named = 8, SpeakersShown = 30;

    public static void Print(CorpusInspection corpus)
    {
        string how = corpus.Pattern is null ? $"{corpus.Layout}" : $"{corpus.Layout} {corpus.Pattern}";
        string length = Duration.Text(corpus.TotalSeconds);
        string size = $"{corpus.Clips:N0} clips of {corpus.Classes.Count} words by {corpus.Speakers.Count} known speakers, {length}";
        AnsiConsole.MarkupLineInterpolated($"[bold]{corpus.Root}[/] ({how}): {size}");
        foreach (string list in corpus.Lists) AnsiConsole.MarkupLineInterpolated($"split by {list}");
        AnsiConsole.Write(Words(corpus));
        if (corpus.Speakers.Count > 0) AnsiConsole.Write(Speakers(corpus));
        Facts(corpus);
        List("Cannot be used", [.. corpus.Problems.Select(problem => problem.ToString())]);
        List("Odd, though read", corpus.OddFiles);
        List("Silent", corpus.SilentClips);
        List("Clipped", corpus.Levels.ClippedClips);
        List("Much quieter than the others", corpus.Levels.QuietClips);
        List("Much louder than the others", corpus.Levels.LoudClips);
        List("With a constant offset", corpus.Levels.DcOffsetClips);
        List("Equal recordings", [.. corpus.Duplicates.Select(Describe)]);
        if (corpus.Model is { } model) ModelFindings(model);
        foreach (string warning in corpus.Warnings) AnsiConsole.MarkupLineInterpolated($"[yellow]![/] {warning}");
    }

    private static Table Words(CorpusInspection corpus)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("word", "clips", "speakers", "shortest – median – longest", "split");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        table.Columns[0].NoWrap();
        table.Caption("split: training + validation + test");
        foreach (var word in corpus.Classes)
            table.AddRow(Cell.Of(word.Label), $"{word.Clips:N0}", $"{word.Speakers}",
                $"{word.ShortestSeconds:0.00} – {word.MedianSeconds:0.00} – {word.LongestSeconds:0.00} s",
                $"{word.Train:N0} + {word.Validation:N0} + {word.Test:N0}");
        return table;
    }

    private static Table Speakers(CorpusInspection corpus)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("speaker", "clips", "words", "split");
        table.Columns[0].NoWrap();
        foreach (var column in table.Columns.Skip(1).Take(2)) column.RightAligned();
        foreach (var speaker in corpus.Speakers.Take(SpeakersShown))
            table.AddRow(Cell.Of(speaker.Name), $"{speaker.Clips:N0}", $"{speaker.Classes}", string.Join(", ", speaker.Splits));
        if (corpus.Speakers.Count > SpeakersShown) table.Caption($"and {corpus.Speakers.Count - SpeakersShown} more");
        return table;
    }

    private static void Facts(CorpusInspection corpus)
    {
        Line($"rates: {Counts(corpus.SampleRates, " Hz")}; stored as {Counts(corpus.Encodings)}; channels: {Counts(corpus.Channels)}");
        if (corpus.Levels.MedianRmsDb is { } level) Line($"median level {level:0.0} dBFS");
        if (corpus.SyntheticClips > 0) Line($"{corpus.SyntheticClips:N0} of the clips are synthetic; they are learned from, and never judge");
        if (corpus.NoiseFiles > 0) Line($"{corpus.NoiseFiles} noise recordings");
        if (corpus.UnlistedFiles > 0) Line($"{corpus.UnlistedFiles:N0} sound files are in none of the lists");
        if (corpus.Splits is not { } splits) return;
        Line($"split: {splits.Train:N0} clips of {splits.TrainSpeakers} known speakers to learn from, "
            + $"{splits.Validation:N0} of {splits.ValidationSpeakers} for validation, {splits.Test:N0} of {splits.TestSpeakers} for the test");
        if (splits.SharedSpeakers.Count > 0)
            AnsiConsole.MarkupLineInterpolated($"[yellow]![/] speakers on several sides: {string.Join(", ", splits.SharedSpeakers)}");
    }

    private static void ModelFindings(ModelInspection model)
    {
        Line($"the model judged the labels of {model.Judged:N0} clips");
        if (model.NotJudged > 0)
            AnsiConsole.MarkupLineInterpolated($"[yellow]![/] {model.NotJudged:N0} clips were not judged; the model does not know {string.Join(", ", model.UnknownWords)}");
        AnsiConsole.MarkupLineInterpolated($"[bold]Labels that look wrong[/] ({model.Suspects.Count}):");
        if (model.Suspects.Count > 0) AnsiConsole.Write(Suspects(model.Suspects.Worst));
        List("The same recording in two splits", model.NearDuplicates, pair =>
            $"{pair.First} ({pair.FirstSplit}) ≈ {pair.Second} ({pair.SecondSplit}), correlation {pair.Correlation:0.00}, {pair.LagSeconds * 1000:+0;-0;0} ms"
            + (pair.FirstLabel == pair.SecondLabel ? "" : $" ('{pair.FirstLabel}' and '{pair.SecondLabel}')"));
        List("Nothing said", model.Speechless, clip => $"{clip.Clip} ('{clip.Label}'), contrast {clip.ContrastDb:0.0} dB");
    }

    private static Table Suspects(IReadOnlyList<SuspectLabel> suspects)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("clip", "label", "fits better", "score", "speaker", "split");
        table.Columns[0].NoWrap();
        table.Columns[3].RightAligned();
        foreach (var clip in suspects)
            table.AddRow(Cell.Of(clip.Clip), Cell.Of(clip.Label), Cell.Of(clip.Likely), $"{clip.Score:0.000}",
                Cell.Of(clip.Speaker ?? ""), $"{clip.Split}");
        return table;
    }

    private static void Line(string text) => AnsiConsole.WriteLine(text);

    private static string Counts<T>(IReadOnlyDictionary<T, int> counts, string unit = "") where T : notnull =>
        string.Join(", ", counts.Select(pair => $"{pair.Key}{unit} ({pair.Value:N0})"));

    private static string Describe(DuplicateGroup group) =>
        string.Join(" = ", group.Clips)
        + (group.AcrossClasses ? " (in several words)" : "")
        + (group.AcrossSplits ? " (on both sides of the split)" : "");

    private static void List(string title, IReadOnlyList<string> lines) => List(title, new Findings<string>(lines.Count, [.. lines.Take(Named)]), line => line);

    private static void List<T>(string title, Findings<T> findings, Func<T, string> describe)
    {
        if (findings.Count == 0) return;
        AnsiConsole.MarkupLineInterpolated($"[bold]{title}[/] ({findings.Count}):");
        foreach (var found in findings.Worst) AnsiConsole.MarkupLineInterpolated($"  {describe(found)}");
        if (findings.Count > findings.Worst.Count) AnsiConsole.MarkupLineInterpolated($"  and {findings.Count - findings.Worst.Count} more");
    }
}
