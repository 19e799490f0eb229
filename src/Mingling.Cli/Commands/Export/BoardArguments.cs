using System.CommandLine;
using System.Text.Json;
using Mingling.Boards;
using Mingling.Cli.Arguments;
using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Corpora.Layouts;
using Mingling.Recognition.Models;
using Mingling.Training.Export;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary>The options of <c>mingling export --format c</c>, and what it does.</summary>
internal sealed class BoardArguments
{
    private const int MostForCalibration = 300, MostForCheck = 2000, LongestName = 40;
    private const double MostDiffering = 0.01;

    private readonly Option<string> _format = new Option<string>("--format") { Description = "What to write: one ONNX file, or C99 for boards.", DefaultValueFactory = _ => "onnx" }.OneOf("onnx", "c");
    private readonly Option<string?> _name = new Option<string?>("--name") { Description = "With --format c: name of the C files and beginning of every name in them (default: from RUN).", HelpName = "NAME" }.NotEmpty();
    private readonly Option<int?> _rate = new("--rate") { Description = "With --format c: sample rate of the board's microphone in hertz (default: the model's).", HelpName = "HERTZ" };

    /// <summary>Adds the options.</summary>
    public static BoardArguments Add(Command command)
    {
        var arguments = new BoardArguments();
        command.Options.Add(arguments._format);
        command.Options.Add(arguments._name);
        command.Options.Add(arguments._rate);
        return arguments;
    }

    /// <summary>Whether C is asked for.</summary>
    /// <exception cref="UsageException">It is not, and there is an option for it.</exception>
    public bool IsBoard(ParseResult parsed)
    {
        if (parsed.GetValue(_format)!.Equals("c", StringComparison.OrdinalIgnoreCase)) return true;
        if (parsed.GetValue(_name) is not null) throw new UsageException("--name is for --format c; an ONNX file is named by --out.");
        if (parsed.GetValue(_rate) is not null) throw new UsageException("--rate is for --format c.");
        return false;
    }

    /// <summary>Writes the C of a run or a model file.</summary>
    public int Export(ParseResult parsed, string model, string folder, bool int8, string? calibration, bool last, bool json)
    {
        if (File.Exists(folder)) throw new UsageException($"--out {folder} is a file; with --format c it is the folder for the C files.");
        var options = new BoardExportOptions { Name = parsed.GetValue(_name) ?? NameOf(model), MicrophoneRate = parsed.GetValue(_rate), Int8 = int8 };
        bool isRun = !BaseModel.IsNamed(model) && Directory.Exists(model);
        if (!isRun && last) throw new UsageException($"--last chooses between the weights of a run; {model} is a model file and has only its own.");
        if (!isRun && int8 && calibration is null) throw new UsageException("--int8 of a model file needs recordings that decide the scales; name a corpus with --calibration.");
        BoardReport report;
        try
        {
            report = isRun ? OfRun(model, folder, options, calibration, last) : OfFile(model, folder, options, calibration);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ArgumentMessage.WithoutParameter(e));
        }
        if (report.DifferingClips > MostDiffering)
            CommandLine.Complain($"note: with 8-bit integers another word is recognised in {100 * report.DifferingClips:0.0} % of the clips, more than {100 * MostDiffering:0} %; calibrate with more recordings of these words, or leave --int8 out.");
        var measured = ArmSize.Measure(folder, report.Name);
        if (json) Console.WriteLine(Json(folder, report, measured));
        else BoardView.Print(report, folder, measured);
        return CommandLine.Success;
    }

    private static BoardReport OfRun(string run, string folder, BoardExportOptions options, string? calibration, bool last)
    {
        Torch.Start();
        var opened = RunDirectory.Open(run);
        using var model = OpenedModel.LoadRun(opened, last);
        var clips = ExportClips.Read(opened, calibration, Environment.ProcessorCount, sentence => CommandLine.Complain($"note: {sentence}"));
        // As an ONNX file, by the same check and with the same card; the C is made of that.
        string temporary = Directory.CreateTempSubdirectory("mingling-").FullName;
        try
        {
            string file = Path.Combine(temporary, "model.onnx");
            ModelExporter.Export(model, file, new ExportOptions { Check = clips.Check, Examples = clips.Examples });
            return BoardExport.Write(run, File.ReadAllBytes(file), folder, options with { Calibration = options.Int8 ? Samples(clips.Calibration) : [], Check = Samples(clips.Check) });
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static BoardReport OfFile(string file, string folder, BoardExportOptions options, string? calibration)
    {
        if (calibration is null) return BoardExport.Write(file, folder, options);
        var card = ModelFile.ReadCard(file);
        var corpus = CorpusReader.Read(calibration);
        var loaded = ClipLoader.Load(Spread(corpus.Clips, MostForCalibration + MostForCheck), card.Features.SampleRate, Environment.ProcessorCount);
        CorpusNotes.Print(loaded.Problems);
        float[][] clips = Samples(loaded.Clips);
        if (clips.Length == 0) throw new CorpusException($"{calibration} has no recordings that can be read.");
        // Compared on clips that decided nothing, where there are enough.
        int every = Math.Max(2, (clips.Length + MostForCalibration - 1) / MostForCalibration);
        float[][] held = [.. clips.Where((_, i) => i % every != 0)];
        return BoardExport.Write(file, folder, options with { Calibration = [.. clips.Where((_, i) => i % every == 0)], Check = held.Length > 0 ? held : clips });
    }

    private static float[][] Samples(IReadOnlyList<LoadedClip> clips) => [.. clips.Select(clip => clip.Samples)];

    private static CorpusClip[] Spread(IReadOnlyList<CorpusClip> clips, int most)
    {
        int count = Math.Min(most, clips.Count);
        return [.. Enumerable.Range(0, count).Select(i => clips[(int)((long)i * clips.Count / count)])];
    }

    /// <summary>The name of a file or folder as the beginning of C names.</summary>
    private static string NameOf(string model)
    {
        string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(model)).ToLowerInvariant();
        name = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')).Trim('_');
        if (name.Length > LongestName) name = name[..LongestName];
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : "commands";
    }

    private static string Json(string folder, BoardReport report, (int Rom, int Ram)? measured) => JsonSerializer.Serialize(
        new
        {
            folder,
            report.Name,
            report.Card.Encoder,
            report.Int8,
            report.TableBytes,
            report.StateBytes,
            RomBytes = measured?.Rom,
            RamBytes = measured?.Ram,
            report.MultiplyAdds,
            report.StepMs,
            report.CheckedClips,
            report.LargestDifference,
            report.DifferingClips,
        },
        CliJson.Options);
}
