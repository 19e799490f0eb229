using System.Text.Json;
using Mingling.Training.Storage;

namespace Mingling.Training.Runs;

/// <summary>The threshold of a run's model in streams, found on other speech that the training kept for it (<c>threshold.json</c>).</summary>
/// <param name="Threshold">The threshold of commands that have none of their own. Range: above 0, at most 1.</param>
/// <param name="FalseAlarmsPerHour">The rate of false alarms that it was estimated for, in an hour of other speech.</param>
/// <param name="Hours">The hours of that speech.</param>
internal sealed record StreamThreshold(double Threshold, double FalseAlarmsPerHour, double Hours)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static StreamThreshold Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<StreamThreshold>(File.ReadAllText(path), RunManifest.Json) ?? throw new JsonException("there is nothing in it.");
            if (!(read.Threshold is > 0 and <= 1)) throw new JsonException($"the threshold must be above 0 and at most 1, not {read.Threshold}.");
            if (!(read.FalseAlarmsPerHour > 0 && read.Hours > 0)) throw new JsonException("the rate and the hours must be above 0.");
            return read;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Write(string path) => OutputFile.Write(path, JsonSerializer.Serialize(this, RunManifest.Json) + "\n");
}
