using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.Audio;

/// <summary>
/// How settings are written into model files: indented JSON, enumerations by name; reading refuses properties that it does not
/// know rather than computing different features.
/// </summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FeatureSettings))]
public sealed partial class FeatureSettingsJson : JsonSerializerContext
{
    /// <summary>The settings as JSON.</summary>
    /// <param name="settings">Any settings.</param>
    public static string Write(FeatureSettings settings) => JsonSerializer.Serialize(settings, Default.FeatureSettings);

    /// <summary>Reads what <see cref="Write"/> wrote, and checks it. Properties that are missing have their defaults.</summary>
    /// <param name="json">A JSON object with properties of <see cref="FeatureSettings"/>.</param>
    /// <exception cref="JsonException">The text is no JSON object, or has a property that is not known.</exception>
    /// <exception cref="ArgumentException">Values are out of range; the message names all of them.</exception>
    public static FeatureSettings Read(string json)
    {
        var settings = JsonSerializer.Deserialize(json, Default.FeatureSettings)
            ?? throw new JsonException("The feature settings are null; a JSON object is expected.");
        settings.Validate();
        return settings;
    }
}
