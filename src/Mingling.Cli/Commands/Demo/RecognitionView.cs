using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Training.Models;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>Clips, what was said in them and what was recognised.</summary>
internal static class RecognitionView
{
    public static void Print(CommandModel model, IReadOnlyList<CorpusClip> clips)
    {
        var loaded = ClipLoader.Load(clips, model.SampleRate).Clips;
        var outputs = model.Recognize([.. loaded.Select(clip => clip.Samples)]);
        var table = new Table().Border(TableBorder.Rounded).Title("Clips of voices that the model has not heard")
            .AddColumns("file", "said", "recognised", "score");
        for (int i = 0; i < loaded.Count; i++)
        {
            string word = model.Classes[outputs[i].Best], color = word == loaded[i].Clip.Label ? "green" : "red";
            table.AddRow(Cell.Of(loaded[i].Clip.Name), Cell.Of(loaded[i].Clip.Label),
                $"[{color}]{Cell.Of(word)}[/]", $"{outputs[i].Posteriors.Max():0.00}");
        }
        AnsiConsole.Write(table);
    }
}
