using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Shards;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling corpus pack</c>: a corpus in a few large files instead of many small ones.</summary>
internal static class PackCommand
{
    private const int MebibyteBits = 20;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var command = new Command("pack", "Packs a corpus into tar shards with an index beside each; every command that takes a corpus reads them.");
        var corpus = new CorpusArguments(command, forTraining: false);
        var output = new Option<string>("--out") { Description = "Empty or new folder for the shards.", Required = true, HelpName = "DIR" }.NotEmpty();
        var size = new Option<int>("--shard-size")
        {
            Description = "Size in MiB at which a shard is full.",
            DefaultValueFactory = _ => (int)(CorpusPacker.DefaultShardBytes >> MebibyteBits),
            HelpName = "MIB",
        };
        size.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int mebibytes) && mebibytes < 1) result.AddError("--shard-size takes a number of MiB from 1.");
        });
        Option<bool> json = new("--json") { Description = "Print what was packed as one JSON object." };
        foreach (var option in new Option[] { output, size, json }) command.Options.Add(option);

        command.SetAction(async (parsed, cancellation) =>
        {
            var source = corpus.Read(parsed);
            string folder = Path.GetFullPath(parsed.GetValue(output)!);
            var report = await Task.Run(() => CorpusPacker.Pack(CorpusReader.Read(source.Path, source.Options), folder, (long)parsed.GetValue(size) << MebibyteBits,
                Environment.ProcessorCount, source.Options.Strict, cancellation), CancellationToken.None);
            CorpusNotes.Print(report.Problems);
            if (parsed.GetValue(json))
            {
                var made = new { folder, clips = report.Clips, shards = report.Shards, bytes = report.Bytes, hours = report.Hours, skipped = report.Problems.Count };
                Console.WriteLine(JsonSerializer.Serialize(made, Indented));
            }
            else
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{report.Clips} clips ({report.Hours:0.00} h) in {report.Shards} shard{(report.Shards == 1 ? "" : "s")} of {report.Bytes / (double)(1 << MebibyteBits):0.0} MiB in {folder}"));
            }
            return CommandLine.Success;
        });
        return command;
    }
}
