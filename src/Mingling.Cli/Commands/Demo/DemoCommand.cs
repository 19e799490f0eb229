using System.CommandLine;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Splitting;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports;
using Mingling.Experiments.Reports.Content;
using Mingling.Training;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

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
            bool isGiven = parsed.GetResult(epochs) is { Implicit: false };
            await Task.Run(() => Run(parsed.GetValue(output)!, parsed.GetValue(epochs), isGiven, parsed.GetValue(json), cancellation), CancellationToken.None);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Run(string path, int epochs, bool isGiven, bool forProgram, CancellationToken cancellation)
    {
        if (!Directory.Exists(Samples))
            throw new CorpusException($"the sample corpus is missing: {Samples} does not exist; build the command from its sources again.");
        // A demo that is run again goes on with the epochs that it began with.
        if (!isGiven && RunDirectory.Exists(path)) epochs = RunDirectory.Open(path).Manifest.Recipe.Epochs;
        var source = new CorpusSource { Path = Samples };
        var request = new TrainingRequest
        {
            RunPath = path,
            Corpus = source,
            Recipe = TrainingRecipe.Default with { Epochs = epochs },
            Given = ["epochs"],
            Resume = true,
            Threads = Environment.ProcessorCount,
        };
        var run = TrainingRuns.Train(request, forProgram, cancellation);

        using var model = run.LoadModel();
        var unheard = CorpusSplitter.Split(CorpusReader.Read(source.Path, source.Options), source.Splits).Test;
        const string choice = "voices that the model has not heard";
        var measured = ReportSession.Measure(run, model, new EvaluationClips(unheard, choice, [], []), isLast: false, Reading.Settings());
        var report = measured.Evaluation;
        var files = EvaluationFiles.Write(report, run.Path);
        var page = ReportFiles.Write(new Report([measured], [], Versions.Mingling, DateTime.Now), Path.Combine(run.Path, "report.html"), figures: null);
        if (forProgram)
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
