using System.Text.Json;
using Mingling.Serving.Models;

namespace Mingling.Serving.Wyoming;

/// <summary>The data of <c>info</c>: one wake-word service with all words of all models, because Home Assistant looks at the first service alone.</summary>
internal static class ServiceInfo
{
    private static readonly string[] OtherServices = ["asr", "tts", "handle", "intent", "mic", "snd"];
    private static readonly string Version = BuildVersion.Read(typeof(ServiceInfo).Assembly);

    public static void Write(Utf8JsonWriter json, IReadOnlyList<LoadedModel> models, WyomingOptions options)
    {
        foreach (string other in OtherServices)
        {
            json.WriteStartArray(other);
            json.WriteEndArray();
        }
        json.WriteStartArray("wake"u8);
        json.WriteStartObject();
        WriteArtifact(json, options.Name, "The Mingling authors", "Command words by Mingling", Version);
        json.WriteStartArray("models"u8);
        foreach (var model in models)
            foreach (string word in model.Words) WriteWord(json, word, model, options.Languages);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteWord(Utf8JsonWriter json, string word, LoadedModel model, IReadOnlyList<string> languages)
    {
        json.WriteStartObject();
        string data = model.Card.Training.Data;
        WriteArtifact(json, word, data.Length > 0 ? data : model.Name, word, model.Card.Version);
        json.WriteString("phrase"u8, word);
        json.WriteStartArray("languages"u8);
        foreach (string language in languages) json.WriteStringValue(language);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What services and words have in common.</summary>
    private static void WriteArtifact(Utf8JsonWriter json, string name, string author, string description, string version)
    {
        json.WriteString("name"u8, name);
        json.WriteString("description"u8, description);
        json.WriteString("version"u8, version);
        json.WriteBoolean("installed"u8, true);
        json.WriteStartObject("attribution"u8);
        json.WriteString("name"u8, author);
        json.WriteString("url"u8, "");
        json.WriteEndObject();
    }
}
