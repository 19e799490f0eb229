using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Mingling.Cli.Tests;

/// <summary>
/// Commands that are killed while they write: the output is not there, or whole, or the earlier one; nothing of the user's is lost, and the same
/// command works afterwards.
/// </summary>
public sealed partial class InterruptedOutputTests : IDisposable
{
    private const string Temporary = "*.mingling.tmp";

    private readonly ToneCorpus _tones = new(speakers: 3, takes: 3);
    private readonly Random _random = new();

    [Fact]
    public void Killed_command_leaves_its_output_whole_or_as_it_was()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there are no signals");
        Succeed("train", "corpus", "--out", "run", "--epochs", "1", "--encoder", "tc-resnet8-stream");
        Succeed("export", "run", "--out", "model.onnx");
        string sound = Path.Combine("corpus", "停", "speaker0_take_0.wav");
        Try("one.onnx", ["export", "run", "--out", "one.onnx"]);
        Try("one.onnx", ["export", "run", "--int8", "--out", "one.onnx"], earlier: "one.onnx");
        Try("board", ["export", "model.onnx", "--format", "c", "--out", "board"], earlier: "board/README.md", mine: "board/mine/notes.txt", kills: 4);
        Try("stream.*", ["corpus", "stream", "corpus", "--out", "stream.wav"], kills: 4);
        Try("vectors", ["vectors", "model.onnx", sound, "--out", "vectors"], kills: 4);
        Try("packed", ["corpus", "pack", "corpus", "--out", "packed"], seal: "packed/shards.json", kills: 4);
        Try("page.html", ["report", "run", "--figures", "none", "--out", "page.html"], earlier: "page.html");
    }

    public void Dispose() => _tones.Dispose();

    /// <summary>Runs a command undisturbed, kills it at moments of that time and as soon as it writes, and runs it again.</summary>
    /// <param name="output">What it writes, a folder or the pattern of files.</param>
    /// <param name="command">The command.</param>
    /// <param name="earlier">A file of an earlier output that is there; none where the output is new.</param>
    /// <param name="mine">A file of the user within the output.</param>
    /// <param name="seal">The file that is written last into a folder that takes long to fill; without it, the folder is begun anew.</param>
    /// <param name="kills">How often it is killed: by both signals, at any time and as soon as it writes.</param>
    private void Try(string output, string[] command, string? earlier = null, string? mine = null, string? seal = null, int kills = 2)
    {
        Prepare();
        var time = Stopwatch.StartNew();
        Succeed(command);
        double milliseconds = time.ElapsedMilliseconds;
        var whole = Content(output);
        // Only a new folder appears at once. Files that stand beside each other, or in a folder that was there, take their names one after another.
        bool isSeveral = whole.Count > 1 && (earlier is not null || !Directory.Exists(_tones[output]));
        whole.Count.ShouldBeGreaterThan(mine is null ? 0 : 1, string.Join(' ', command));
        for (int i = 0, first = _random.Next(2); i < kills; i++)
        {
            Kill((first + i + (i / 2)) % 2 == 0 ? "-TERM" : "-KILL", i % 2 == 0
                ? process => process.WaitForExit(TimeSpan.FromMilliseconds(_random.NextDouble() * milliseconds))
                : process =>
                {
                    while (!process.WaitForExit(TimeSpan.FromMilliseconds(2)) && Temporaries().Length == 0) { }
                });
        }
        // What is finished is not packed over.
        if (seal is not null && Same(Content(output), whole)) Prepare();
        // What the last one left is in nobody's way.
        Succeed(command);
        Content(output).ShouldBe(whole, ignoreOrder: true, string.Join(' ', command));
        Temporaries().ShouldBeEmpty(string.Join(' ', command));

        void Prepare()
        {
            if (Directory.Exists(_tones[output])) Directory.Delete(_tones[output], recursive: true);
            foreach (string file in Directory.EnumerateFiles(_tones.Folder, output)) File.Delete(file);
            foreach (string file in new[] { earlier, mine }.OfType<string>())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_tones[file])!);
                File.WriteAllText(_tones[file], file);
            }
        }

        void Kill(string signal, Action<Process> wait)
        {
            Prepare();
            var before = Content(output);
            this.Kill(command, signal, wait);
            var after = Content(output);
            if (Same(after, before) || Same(after, whole) || (isSeveral && EachIsWhole(after, before, whole)) || (seal is not null && !after.ContainsKey(seal))) return;
            Assert.Fail($"mingling {string.Join(' ', command)}, ended by {signal}, left {string.Join(", ", after.Keys.Select(file => whole.GetValueOrDefault(file) == after[file] ? file : $"another {file}"))}");
        }
    }

    private string[] Temporaries() => Directory.GetFileSystemEntries(_tones.Folder, Temporary, SearchOption.AllDirectories);

    private void Kill(string[] command, string signal, Action<Process> wait)
    {
        using var process = MinglingProcess.Start(_tones.Folder, command);
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        wait(process);
        if (!process.HasExited)
        {
            // It may end meanwhile, which the tool would tell.
            using var kill = Process.Start(new ProcessStartInfo("kill", [signal, $"{process.Id}"]) { RedirectStandardError = true })!;
            kill.WaitForExit();
        }
        process.WaitForExit(TimeSpan.FromMinutes(1)).ShouldBeTrue();
        string error = output.Result[1];
        error.ShouldNotContain("   at ");
    }

    /// <summary>What stands at a name, without temporary files: names within the folder and texts of the bytes.</summary>
    private Dictionary<string, string> Content(string output)
    {
        var files = Directory.Exists(_tones[output]) ? Directory.EnumerateFiles(_tones[output], "*", SearchOption.AllDirectories) : Directory.EnumerateFiles(_tones.Folder, output);
        return files.Where(file => !file.Contains(".mingling.tmp", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(_tones.Folder, file).Replace('\\', '/'), file => Path.GetExtension(file) == ".html" ? Written().Replace(File.ReadAllText(file), "") : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
    }

    /// <summary>When a report was written.</summary>
    [GeneratedRegex("[0-9]+ [A-Z][a-z]+ [0-9]{4}, [0-9]{2}:[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    private static bool Same(Dictionary<string, string> one, Dictionary<string, string> other) => one.Count == other.Count && one.All(file => other.GetValueOrDefault(file.Key) == file.Value);

    private static bool EachIsWhole(Dictionary<string, string> after, Dictionary<string, string> before, Dictionary<string, string> whole) =>
        before.Keys.All(after.ContainsKey) && after.All(file => file.Value == whole.GetValueOrDefault(file.Key) || file.Value == before.GetValueOrDefault(file.Key));

    private void Succeed(params string[] command)
    {
        var result = MinglingProcess.Run(_tones.Folder, command);
        result.ExitCode.ShouldBe(0, string.Join(' ', command) + ": " + result.Error);
    }
}
