using System.Text;
using System.Text.RegularExpressions;
using Mingling.Boards.Models;
using Mingling.Boards.Programs;

namespace Mingling.Boards.Source;

/// <summary>The files of a model in C.</summary>
/// <param name="Header">NAME.h.</param>
/// <param name="Code">NAME.c.</param>
/// <param name="Example">example.c.</param>
/// <param name="TableBytes">The bytes of all tables.</param>
/// <param name="StateBytes">The bytes of a stream's memory on a processor of 32 bits.</param>
internal sealed partial record BoardSource(string Header, string Code, string Example, int TableBytes, int StateBytes)
{
    private const string Indent = "    ";

    /// <summary>Writes the source of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="program">Its program, in floats or in bytes.</param>
    /// <param name="name">A C identifier of small letters.</param>
    /// <param name="options">What it is made for.</param>
    public static BoardSource Make(BoardModel model, BoardProgram program, string name, BoardSourceOptions options)
    {
        var parts = new SourceParts();
        var plan = new MemoryPlan(program);
        StreamSource.Add(model, parts, options);
        string transform = FrontEndSource.Add(parts, model.Card.Features);
        string network = NetworkSource.Add(parts, program, plan);
        Memory(model, program, parts, plan);
        string memory = NetworkSource.Memory(program, plan);
        var constants = parts.Conditions;
        string header = Header_(model, parts, name, memory);
        string code = string.Join('\n',
            $"/* {CText.Comment(Title(model, program))} Made by Mingling {CText.Comment(model.Card.Version)}; not to be changed by hand. */\n",
            $"#include \"{name}.h\"\n",
            "#include <math.h>\n#include <string.h>\n",
            CTemplate.Named(parts.Definitions, name),
            CTemplate.Render("trace.c", name, constants),
            CTemplate.Render("types.c", name, constants),
            parts.Tables,
            Words(model),
            CTemplate.Render("front_end.c", name, constants).Replace("/* TRANSFORM */", transform, StringComparison.Ordinal),
            CTemplate.Render("kernels.c", name, constants),
            CTemplate.Named(network, name),
            CTemplate.Render("decisions.c", name, constants),
            CTemplate.Render("spotter.c", name, constants)).TrimEnd('\n') + "\n";
        string example = CTemplate.Render("example.c", name, constants).Replace($"{name}_name.h", $"{name}.h", StringComparison.Ordinal).Replace("RATE_NUMBER", $"{options.MicrophoneRate}", StringComparison.Ordinal);
        return new BoardSource(header, CTemplate.Named(code, name), example, parts.TableBytes, StateSize.Of(header));
    }

    private static void Memory(BoardModel model, BoardProgram program, SourceParts parts, MemoryPlan plan)
    {
        var features = model.Card.Features;
        int samples = Math.Max(features.WindowSamples, features.MelBins);
        int points = features.FftSize % 2 == 0 ? features.FftSize / 2 : features.FftSize;
        parts.Define("SAMPLES_SCRATCH", samples, "floats for the samples of a frame");
        parts.Conditions["SCRATCH"] = Math.Max(Math.Max(plan.Floats, features.HopSamples), samples + (2 * (points + 1)));
        parts.Define("FEATURES_PLACE", plan.PlaceOf(program.Features), "in the scratch memory");
        parts.Define("SCORES_PLACE", plan.PlaceOf(program.Scores));
        parts.Define("EMBEDDING_PLACE", plan.PlaceOf(program.Embedding));
    }

    private static string Header_(BoardModel model, SourceParts parts, string name, string memory)
    {
        bool resamples = parts.Conditions.ContainsKey("RESAMPLES");
        string state = CTemplate.Render("spotter.h", name, parts.Conditions)
            .Replace($"{name.ToUpperInvariant()}_SAMPLE_TYPE", resamples ? "float" : "int16_t", StringComparison.Ordinal)
            .Replace($"{name.ToUpperInvariant()}_FEATURE_TYPE", parts.Conditions["FEATURE_STEPS"] > 0 ? "int16_t" : "float", StringComparison.Ordinal)
            .Replace($"{name.ToUpperInvariant()}_MEMORY", memory, StringComparison.Ordinal);
        state = Size().Replace(state, match => parts.Conditions.TryGetValue(match.Groups[1].Value[(name.Length + 1)..], out double value) ? $"{value:0}" : match.Value);
        return CTemplate.Render("public.h", name, parts.Conditions)
            .Replace("/* STATE */\n", state, StringComparison.Ordinal)
            .Replace("/* TITLE */", $"/* {CText.Comment(Title(model, model.Program))} */", StringComparison.Ordinal)
            .Replace("RATE_NUMBER", $"{parts.Conditions["MICROPHONE_RATE"]:0}", StringComparison.Ordinal)
            .Replace("WORDS_NUMBER", $"{StreamSource.Words(model.Card).Count}", StringComparison.Ordinal);
    }

    private static string Title(BoardModel model, BoardProgram program) =>
        $"Commands in a stream of sound: {model.Card.Encoder}{(program.States.Any(state => state.Bytes is not null) || !ReferenceEquals(program, model.Program) ? " in 8-bit integers" : "")}, {string.Join(", ", StreamSource.Words(model.Card).Where(Mingling.Recognition.Models.Vocabulary.IsCommand))}.";

    private static string Words(BoardModel model)
    {
        var words = StreamSource.Words(model.Card);
        var table = new StringBuilder($"const char *const BOARD_words[{words.Count}] = {{\n");
        foreach (string word in words)
        {
            string quoted = CText.Quoted(word), comment = CText.Comment(word);
            table.Append(Indent).Append(quoted).Append(quoted.Contains('\\', StringComparison.Ordinal) ? $", /* {comment} */\n" : ",\n");
        }
        return table.Append("};\n").ToString();
    }

    [GeneratedRegex(@"(?<=\[|\* |\()([A-Z][A-Z0-9_]*)(?=\]|\))")]
    private static partial Regex Size();
}
