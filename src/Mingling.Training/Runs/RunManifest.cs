using System.Text.Json;
using System.Text.Json.Serialization;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;

namespace Mingling.Training.Runs;

/// <summary>What a run is: written once at its beginning, and all that is needed to use or to continue it besides the weights.</summary>
public sealed record RunManifest
{
    /// <summary>The format of a run's folder that this version writes and reads.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The format of this run's folder.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of Mingling that began the run.</summary>
    public required string Version { get; init; }

    /// <summary>The recipe.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>The classes, in the order of the classifier's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The corpus and how it was read.</summary>
    public required RunCorpus Corpus { get; init; }

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static RunManifest Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} could not be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        try
        {
            using var document = JsonDocument.Parse(text);
            int format = document.RootElement.GetProperty("format").GetInt32();
            if (format != CurrentFormat)
                throw new CheckpointException(new Remark("run.format", $"{path} is of format {format}; this version of Mingling reads format {CurrentFormat}.", ("path", path)));
            var manifest = document.Deserialize<RunManifest>(Json) ?? throw new JsonException("it is null");
            return RunManifestCheck.Problem(manifest) is { } problem ? throw new JsonException(problem) : manifest;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException or NotSupportedException or LossExpressionException)
        {
            throw new CheckpointException(new Remark("run.damaged", $"{path} is not a manifest of a run: {e.Message.ReplaceLineEndings(" ")}", ("path", path)), e);
        }
    }

    internal void Write(string path) => OutputFile.Write(path, JsonSerializer.Serialize(this, Json));
}
