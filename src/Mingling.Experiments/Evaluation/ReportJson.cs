using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mingling.Experiments.Evaluation;

/// <summary>How reports are written as JSON: names in camel case, indented, words in any script as they are.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Serialize<T>(T report) => JsonSerializer.Serialize(report, Options);
}
