using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.AspNetCore;

/// <summary>The words of a model.</summary>
internal sealed record ModelAnswer(string Model, IReadOnlyList<string> Words);

/// <summary>What is known of a clip; the word is null where none is believed.</summary>
internal sealed record ClipAnswer(string? Word, string Best, double Score, bool Enrolled);

/// <summary>A command in a stream, with times in seconds since it began.</summary>
internal sealed record StreamAnswer(string Word, double Time, double Start, double End, double Score);

/// <summary>Why something was refused.</summary>
internal sealed record ErrorAnswer(string Error);

/// <summary>How answers are written: camel case, words in any script as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelAnswer[]))]
[JsonSerializable(typeof(ClipAnswer))]
[JsonSerializable(typeof(StreamAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>A class of its own, because the generated default must exist before it.</summary>
    internal static class Readable
    {
        public static readonly AnswerJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
