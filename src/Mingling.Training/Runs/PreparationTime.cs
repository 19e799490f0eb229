using System.Text.Json;

namespace Mingling.Training.Runs;

/// <summary>How long a training took before its first epoch (<c>preparation.json</c>), for those who tell what another one will take.</summary>
/// <param name="Version">The version of the format.</param>
/// <param name="OtherSpeechSeconds">The seconds in which other speech was synthesized and read.</param>
internal sealed record PreparationTime(int Version, double? OtherSpeechSeconds)
{
    private const int CurrentVersion = 1;

    public static PreparationTime Of(TimeSpan otherSpeech) => new(CurrentVersion, otherSpeech.TotalSeconds);

    /// <summary>Reads a file; null where there is none, or none that can be used: a training needs it for nothing.</summary>
    public static PreparationTime? Read(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<PreparationTime>(File.ReadAllText(path), RunManifest.Json) is { Version: CurrentVersion, OtherSpeechSeconds: >= 0 } read ? read : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Write(string path) => OutputFile.Write(path, JsonSerializer.Serialize(this, RunManifest.Json) + "\n");
}
