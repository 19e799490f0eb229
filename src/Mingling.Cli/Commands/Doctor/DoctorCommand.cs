using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Recognition.Streaming.Sources;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling doctor</c>: what this machine can do, and what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks what this machine can do, and what is missing.");
        Option<bool> json = new("--json") { Description = "Print the findings as one JSON object." };
        Option<string?> microphone = new("--mic")
        {
            Description = "Also check the default microphone, or the ALSA device of this name: level, clipping, offset.",
            HelpName = "DEVICE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Options.Add(microphone.NotEmpty());
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var findings = parsed.GetResult(microphone) is null
                ? MachineCheck.Run()
                : [.. MachineCheck.Run(), MicrophoneCheck.Run(parsed.GetValue(microphone) ?? Microphone.DefaultDevice)];
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { findings }, CliJson.Options));
            else Print(findings);
            // What is merely missing is no failure; a machine that cannot train is.
            return findings.Any(finding => finding.Verdict == Verdict.Broken) ? CommandLine.Failure : CommandLine.Success;
        });
        return command;
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            string mark = finding.Verdict switch { Verdict.Works => "[green]✓[/]", Verdict.Missing => "[yellow]–[/]", _ => "[red]✗[/]" };
            AnsiConsole.MarkupLine($"{mark} [bold]{Cell.Of(finding.Subject)}[/]: {Cell.Of(finding.Text)}");
        }
    }
}
