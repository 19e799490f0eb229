using System.Text;
using System.Text.RegularExpressions;
using Mingling.Audio;
using Mingling.Boards.Checks;
using Mingling.Boards.Models;
using Mingling.Boards.Quantization;
using Mingling.Boards.Source;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Boards;

/// <summary>
/// Writes a model file as C99 that hears commands in a stream as <see cref="CommandSpotter"/> does: front end, network, voice gate, decisions and
/// words in <c>NAME.c</c> and <c>NAME.h</c>, without heap and with libm alone, beside <c>example.c</c> and a <c>README.md</c>.
/// </summary>
public static partial class BoardExport
{
    /// <summary>The largest difference between posteriors of the C in floats and of the model file that the check lets pass.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Writes the files of a model file.</summary>
    /// <param name="model">The model file, or <c>base</c>.</param>
    /// <param name="folder">Where to write; it is made where it is missing, and files of the same names are replaced, all of them or none; what else it holds stays.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ModelException">A board cannot use the model, the C would compute something else, or the files cannot be written; the message says why.</exception>
    /// <exception cref="ArgumentException">An option is out of its range; the message says which.</exception>
    public static BoardReport Write(string model, string folder, BoardExportOptions? options = null) => Write(model, ModelFile.Open(model), folder, options ?? new BoardExportOptions());

    /// <summary>Writes the files of a model in memory.</summary>
    /// <param name="name">What to call the model in messages.</param>
    /// <param name="model">The bytes of a model file.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <inheritdoc cref="Write(string, string, BoardExportOptions?)" path="/exception"/>
    public static BoardReport Write(string name, byte[] model, string folder, BoardExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        return Write(name, SealedModel.Open(name, model), folder, options ?? new BoardExportOptions());
    }

    private static BoardReport Write(string name, SealedModel file, string folder, BoardExportOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var model = BoardModel.Read(name, file);
        int rate = options.MicrophoneRate ?? model.Card.Features.SampleRate;
        Check(options, rate);
        var check = new ModelCheck(model, file.Bytes, options.Check);
        double difference = check.LargestDifference();
        if (!(difference <= Tolerance)) throw new ModelException($"the C of {name} would compute something else than the model file (they differ by {difference:0.######}); nothing was written.");
        var program = model.Program;
        double? differing = null;
        if (options.Int8)
        {
            var clips = options.Calibration.Select(model.FeaturesOf).ToList();
            program = ProgramQuantizer.Quantize(program, RangeSurvey.Measure(program, clips, model.WholeFrames));
            differing = check.DifferingShare(program);
        }
        var settings = new BoardSourceOptions(rate, options.RoomBlocks, options.Int8 ? model.FeatureSteps : 0);
        var source = BoardSource.Make(model, program, options.Name, settings);
        double frame = model.Card.Features.HopMs;
        double step = frame * Math.Max(1, Math.Round(SpotterSettings.FromCard(model.Card).HopMs / frame));
        long once = program.MultiplyAdds * (model.Card.Stream is { } stream ? (long)Math.Max(1, step / frame / stream.Frames) : 1);
        var report = new BoardReport(options.Name, model.Card, options.Int8, source.TableBytes, source.StateBytes, once, step, check.Clips, difference, differing);
        Save(folder, options.Name, source, BoardReadme.Of(report, rate));
        return report;
    }

    private static void Check(BoardExportOptions options, int rate)
    {
        if (!Identifier().IsMatch(options.Name)) throw new ArgumentException($"The name '{options.Name}' is no beginning of C names; take small letters, digits and underscores, a letter first, at most 40.", nameof(options));
        if (!SampleRates.Include(rate)) throw new ArgumentException($"Samples of {rate} Hz cannot be heard; a rate is {SampleRates.Range}.", nameof(options));
        if (options.RoomBlocks is < 1 or > 255) throw new ArgumentException($"RoomBlocks {options.RoomBlocks} is outside 1…255.", nameof(options));
        if (options is { Int8: true, Calibration.Count: 0 }) throw new ArgumentException("8-bit integers need clips that decide their scales; give some, such as 300 with all words.", nameof(options));
    }

    private static void Save(string folder, string name, BoardSource source, string readme)
    {
        try
        {
            using var staged = StagedFolder.Begin(folder);
            foreach (var (file, text) in new[] { ($"{name}.h", source.Header), ($"{name}.c", source.Code), ("example.c", source.Example), ("README.md", readme) })
                WholeFile.Write(Path.Combine(staged.Files, file), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            staged.Place();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{folder} could not be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex Identifier();
}
