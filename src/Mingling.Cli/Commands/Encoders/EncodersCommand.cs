using System.CommandLine;
using System.Globalization;
using System.Text.Json;
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
        var table = new Table { Border = TableBorder.Simple }.AddColumn("encoder");
        foreach (string heading in new[] { "parameters", "multiply-adds", "embedding", "receptive field", "stride" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var report in reports)
            table.AddRow(report.Name, Grouped(report.Parameters), Grouped(report.MultiplyAdds), Grouped(report.EmbeddingSize), $"{Grouped(report.ReceptiveField)} frames",
                Grouped(report.Stride));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Without the classifier, for {reports[0].Frames} frames of {reports[0].Bins} bins.");
    }

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
