using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mingling.Cli.Host;

/// <summary>How the commands print JSON: camel case, one object, words in any script as they are.</summary>
internal static class CliJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
