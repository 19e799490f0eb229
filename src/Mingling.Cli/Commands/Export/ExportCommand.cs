using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Recognition.Models;
using Mingling.Training.Export;
using Mingling.Training.Models;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling export</c>: a run becomes one file that recognises without the training libraries, and a run or such a file C for a board.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "Writes a trained recogniser as one ONNX file or as C for boards, and checks that it computes the same results.");
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Folder of the run; with --format c also a model file (.onnx). Several runs of the same words become one model, which hears with all of them.",
            Arity = ArgumentArity.OneOrMore,
        }.NotEmpty();
        var output = new Option<string>("--out") { Description = "Model file to write (.onnx); with --format c the folder.", HelpName = "PATH", Required = true }.NotEmpty();
        Option<bool> frontEnd = new("--with-front-end") { Description = "Include the front end in the graph, so that its input is samples instead of features." };
        Option<bool> int8 = new("--int8") { Description = "Quantize weights and activations to 8-bit integers: smaller, slightly less accurate." };
        var calibration = new Option<string?>("--calibration")
        {
            Description = "With --int8: corpus from which the scales are computed (default: the run's training clips; a model file needs one).",
            HelpName = "CORPUS",
        }.NotEmpty();
        Option<bool> last = new("--last") { Description = "Use the weights of the last epoch instead of the best epoch." };
        var license = new Option<string?>("--licence") { Description = "Licence of the recordings, noted in the file.", HelpName = "TEXT" }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print the report as one JSON object." };
        command.Arguments.Add(runs);
        foreach (var option in new Option[] { output, frontEnd, int8, calibration, last, license, json }) command.Options.Add(option);
        var board = BoardArguments.Add(command);

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            string[] named = parsed.GetValue(runs)!;
            bool asBytes = parsed.GetValue(int8);
            if (parsed.GetValue(calibration) is not null && !asBytes) throw new UsageException("--calibration is for --int8; give both or neither.");
            if (board.IsBoard(parsed))
            {
                if (parsed.GetValue(frontEnd)) throw new UsageException("--with-front-end is for ONNX files; C for boards always has the front end.");
                if (parsed.GetValue(license) is not null) throw new UsageException("--licence is noted in ONNX files; C for boards has no place for it.");
                if (named.Length > 1) throw new UsageException("C for boards is made of one run or model file; export the runs as one ONNX file first.");
                return board.Export(parsed, named[0], path, asBytes, parsed.GetValue(calibration), parsed.GetValue(last), parsed.GetValue(json));
            }
            Check(path);
            Torch.Start();
            RunDirectory[] opened = [.. named.Select(RunDirectory.Open)];
            bool isLast = parsed.GetValue(last);
            using var model = ModelEnsemble.Join(opened, run => OpenedModel.LoadRun(run, isLast));
            var clips = ExportClips.Read(opened[0], parsed.GetValue(calibration), Environment.ProcessorCount, sentence => CommandLine.Complain($"note: {sentence}"), opened[1..]);
            var report = ModelExporter.Export(model, path, new ExportOptions
            {
                Input = parsed.GetValue(frontEnd) ? ModelInput.Samples : ModelInput.Features,
                Int8 = asBytes,
                Calibration = asBytes ? clips.Calibration : [],
                Check = clips.Check,
                Examples = clips.Examples,
                Training = Note(opened[0], parsed.GetValue(last), parsed.GetValue(license)),
            });
            if (parsed.GetValue(json)) Console.WriteLine(Json(path, report));
            else ExportView.Print(report, path, clips.Check.Count > 0);
            return CommandLine.Success;
        });
        return command;
    }

    private static string Json(string file, ExportReport report) => JsonSerializer.Serialize(
        new
        {
            file,
            report.Card.Encoder,
            report.Card.Classes,
            Input = report.Card.Input.ToString().ToLowerInvariant(),
            report.Card.Int8,
            report.Bytes,
            report.FloatBytes,
            report.CheckedClips,
            report.LargestDifference,
            report.Agreement,
            report.FloatAccuracy,
            report.Accuracy,
        },
        CliJson.Options);

    /// <summary>What would fail in the end is told at the beginning.</summary>
    private static void Check(string path)
    {
        if (Directory.Exists(path)) throw new UsageException($"--out {path} is a folder; name a file, such as {Path.Combine(path, "model.onnx")}.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) throw new UsageException($"--out {path}: there is no such folder; make it first.");
    }

    private static TrainingNote Note(RunDirectory run, bool last, string? license)
    {
        var history = run.History();
        var epoch = history.LastOrDefault(epoch => last || epoch.Best);
        var note = new TrainingNote
        {
            Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Manifest.Corpus.Source.Path)),
            Clips = run.Manifest.Corpus.TrainingClips.Count,
            Epochs = epoch?.Epoch ?? 0,
            ValidationAccuracy = epoch?.ValidationAccuracy,
        };
        return license is null ? note : note with { License = license };
    }
}
