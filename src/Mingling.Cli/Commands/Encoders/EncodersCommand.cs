using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Training.Encoders;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling encoders</c>: the encoders that can be named, and what each costs.</summary>
internal static class EncodersCommand
{
    public static Command Create()
    {
        var command = new Command("encoders", "Lists the encoders with parameters, multiply-adds per second of sound and receptive field.");
        Option<bool> json = new("--json") { Description = "Print the list as one JSON object." };
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            Torch.Start();
            var catalog = new EncoderCatalog();
            var reports = catalog.Names.Select(name =>
            {
                using var encoder = catalog.Create(new EncoderSettings { Name = name });
                return EncoderReport.Measure(encoder);
            }).ToList();
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { encoders = reports }, CliJson.Options));
            else Print(reports);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Print(IReadOnlyList<EncoderReport> reports)
    {
        string[][] rows =
        [
            ["encoder", "parameters", "multiply-adds", "embedding", "field", "stride"],
            .. reports.Select(report => new[]
            {
                report.Name, Grouped(report.Parameters), Grouped(report.MultiplyAdds), Grouped(report.EmbeddingSize), Grouped(report.ReceptiveField), Grouped(report.Stride),
            }),
        ];
        foreach (string line in PlainTable.Lines(rows, AnsiConsole.Profile.Width)) Console.WriteLine(line);
        Console.WriteLine();
        Console.WriteLine($"Without the classifier, for {reports[0].Frames} frames of {reports[0].Bins} bins.");
        Console.WriteLine("The field is the receptive field in frames.");
    }

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
