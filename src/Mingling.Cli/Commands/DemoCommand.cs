using System.CommandLine;
using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;
using Mingling.Experiments.Reports;
using Mingling.Experiments.Reports.Content;
using Mingling.Training.Recipes;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling demo</c>: the whole way on the sample corpus, from recordings to recognised words.</summary>
internal static class DemoCommand
{
    private const int Recognized = 12;

    /// <summary>The sample corpus lies beside the program.</summary>
    internal static string Samples => Path.Combine(AppContext.BaseDirectory, "samples", "commands");

    public static Command Create()
    {
        var command = new Command("demo", "Trains on the sample corpus in about a minute, and recognises voices that were not in the training.");
        var output = new Option<string>("--out")
        {
            Description = "Folder of the run.",
            DefaultValueFactory = _ => "mingling-demo",
            HelpName = "DIR",
        }.NotEmpty();
        Option<int> epochs = new("--epochs") { Description = "Number of passes over the training clips.", DefaultValueFactory = _ => 200, HelpName = "N" };
        Option<bool> json = new("--json") { Description = "Print the evaluation as one JSON object." };
        command.Options.Add(output);
        command.Options.Add(epochs);
        command.Options.Add(json);

        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(epochs) < 1) throw new UsageException("--epochs takes a number from 1.");
            Torch.Start();
            var options = new SessionOptions
            {
                Resume = true,
                ChooseWindow = true,
                ChooseForTrimmed = true,
                Given = parsed.GetResult(epochs) is { Implicit: false } ? new Dictionary<string, string> { ["epochs"] = epochs.Name } : [],
                ForProgram = parsed.GetValue(json),
            };
            await Task.Run(() => Run(parsed.GetValue(output)!, parsed.GetValue(epochs), options, cancellation), CancellationToken.None);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Run(string path, int epochs, SessionOptions options, CancellationToken cancellation)
    {
        if (!Directory.Exists(Samples))
            throw new CorpusException($"the sample corpus is missing: {Samples} does not exist; build the command from its sources again.");
        var recipe = TrainingRecipe.Default with { Epochs = epochs };
        var source = new CorpusSource { Path = Samples };
        var run = TrainingSession.Train(path, source, recipe, options, cancellation);

        using var model = run.LoadModel();
        var unheard = CorpusSplitter.Split(CorpusReader.Read(source.Path, source.Options), source.Splits).Test;
        const string choice = "voices that the model has not heard";
        var measured = ReportSession.Measure(run, model, new EvaluationClips(unheard, choice, [], []), new JudgingChoice(null, null, null, Strict: false, Last: false));
        var report = measured.Evaluation;
        var files = EvaluationFiles.Write(report, run.Path);
        var page = ReportFiles.Write(new Report([measured], [], Versions.Mingling, DateTime.Now), Path.Combine(run.Path, "report.html"), figures: null);
        if (options.ForProgram)
        {
            Console.WriteLine(report.ToJson());
            return;
        }
        EvaluationView.Print(report, choice, files);

        CorpusClip[] shown = [.. Enumerable.Range(0, Recognized).Select(i => unheard[i * unheard.Count / Recognized])];
        RecognitionView.Print(model, shown);
        Console.WriteLine();
        Console.WriteLine($"The report is {page.Page}: open it in a browser to see and hear what was confused. The picture is {files.Picture}.");
        Console.WriteLine("Recognise a recording of yours with");
        Console.WriteLine($"  mingling recognize {TrainCommand.Quoted(run.Path)} FILE.wav");
        Console.WriteLine("and train on your own commands, one folder for each word, with");
        Console.WriteLine("  mingling train FOLDER --out RUN");
    }
}
