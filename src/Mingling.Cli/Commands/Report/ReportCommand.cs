using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Experiments.Reports;
using Mingling.Experiments.Reports.Content;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling report</c>: what runs and comparisons reached, as one page to look at and to hear.</summary>
internal static class ReportCommand
{
    private const string None = "none";

    public static Command Create()
    {
        var command = new Command("report", "Writes an HTML report of runs and comparisons: figures, confusions, embeddings and the clips behind the errors.");
        var paths = new Argument<string[]>("RUN|COMPARISON")
        {
            Description = "Folders of runs and comparisons.",
            Arity = ArgumentArity.OneOrMore,
        }.NotEmpty();
        command.Arguments.Add(paths);
        var corpus = new Option<string?>("--corpus")
        {
            Description = "Folder of recordings, or manifest, to evaluate the runs on (default: each run's own corpus).",
            HelpName = "CORPUS",
        }.NotEmpty();
        var list = new Option<string?>("--list")
        {
            Description = "List of clips to evaluate (default: those that the run was not trained on).",
            HelpName = "FILE",
        }.NotEmpty();
        var pattern = new Option<string?>("--pattern")
        {
            Description = "Pattern of file names in the corpus, such as {label}_{speaker}_{index}.wav.",
            HelpName = "PATTERN",
        }.NotEmpty();
        Option<bool> strict = new("--strict") { Description = "Stop at the first broken or missing file instead of listing it in the report." };
        Option<bool> last = new("--last") { Description = "Use the weights of the last epoch instead of the best epoch." };
        var stream = new Option<string?>("--stream")
        {
            Description = "Long recording in which the runs are to hear their commands, for the trade-off between misses and false alarms.",
            HelpName = "FILE",
        }.NotEmpty();
        var labels = StreamArguments.Labels();
        var output = new Option<string?>("--out")
        {
            Description = "HTML file to write (default: report.html in the folder of a single run or comparison, otherwise here).",
            HelpName = "FILE.html",
        }.NotEmpty();
        var figures = new Option<string?>("--figures")
        {
            Description = $"Folder for the figures as PNG and SVG, or {None} (default: report-figures beside the report).",
            HelpName = "DIR",
        }.NotEmpty();
        Option<bool> json = new("--json") { Description = "Print what was written as one JSON object." };
        foreach (var option in new Option[] { corpus, list, pattern, strict, last, stream, labels, output, figures, json }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            var subjects = ReportSubject.Find(parsed.GetValue(paths)!);
            var judging = new Option[] { corpus, list, pattern, strict, last, stream, labels }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            if (judging is not null && !subjects.Any(subject => subject.IsRun))
                throw new UsageException($"{judging.Name} says how runs are judged, and there are only comparisons; leave it out.");
            var judge = Judge(parsed.GetValue(stream), parsed.GetValue(labels));
            if (subjects.Any(subject => subject.IsRun)) Torch.Start();
            var choice = new JudgingChoice(
                parsed.GetValue(corpus), parsed.GetValue(list), parsed.GetValue(pattern), parsed.GetValue(last));
            var settings = Reading.Settings(parsed.GetValue(strict));
            var report = new Report(
                [.. subjects.Where(subject => subject.IsRun).Select(Measure)],
                [.. subjects.Where(subject => !subject.IsRun).Select(ReportSession.ReadComparison)],
                Versions.Mingling,
                DateTime.Now);

            string page = parsed.GetValue(output) ?? (subjects.Count == 1 ? Path.Combine(subjects[0].Path, "report.html") : "report.html");
            string folder = parsed.GetValue(figures) ?? Path.ChangeExtension(page, null) + "-figures";
            var files = ReportFiles.Write(report, page, folder == None ? null : folder);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { page = Path.GetFullPath(page), figures = files.Figures.Select(Path.GetFullPath) }, CliJson.Options));
            else
                Console.WriteLine(Sentence(files, folder));
            return CommandLine.Success;

            RunReport Measure(ReportSubject subject)
            {
                // First, because it tells at once what is wrong with the labels.
                var heard = judge is null ? null : new ReportedStream(Path.GetFileName(judge.Stream), judge.Evaluate(subject.Path, choice.Last));
                return ReportSession.Measure(subject, choice, settings) with { Stream = heard };
            }
        });
        return command;
    }

    private static StreamJudge? Judge(string? stream, string? labels)
    {
        if (stream is null && labels is null) return null;
        var both = StreamArguments.Both(stream, labels);
        return new StreamJudge { Stream = both.Stream, Labels = both.Labels, Matching = new MatchSettings() };
    }

    private static string Sentence(ReportFiles files, string folder) =>
        $"The report is {files.Page}{(files.Figures.Count > 0 ? $", its figures are in {folder}" : "")}.";
}
