using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mingling.Studio.Security;

/// <summary>How answers to the page are written: camel case, letters of all scripts as they are. They are never markup: their type is JSON.</summary>
internal static class PageJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
