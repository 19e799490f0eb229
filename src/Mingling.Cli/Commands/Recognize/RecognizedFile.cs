using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.Cli.Commands;

/// <summary>A line of the output of <c>recognize</c>, which the command and its build ahead of time have in common.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Word">The word; null where none is believed.</param>
/// <param name="Score">How sure it is.</param>
internal sealed record RecognizedFile(string File, string? Word, double Score)
{
    /// <summary>The line: a JSON object, or three columns.</summary>
    public string Line(bool json) => json
        ? JsonSerializer.Serialize(this with { Score = Math.Round(Score, 4) }, RecognizedFileJson.Readable.RecognizedFile)
        : $"{ShownText.OnOneLine(File)}\t{(Word is null ? "–" : ShownText.OnOneLine(Word))}\t{Score:0.000}";
}

/// <summary>How a recognised file is written: as <see cref="JsonSerializerDefaults.Web"/> has it, words in any script as they are.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecognizedFile))]
internal sealed partial class RecognizedFileJson : JsonSerializerContext
{
    public static RecognizedFileJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
