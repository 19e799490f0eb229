using System.Text.Json;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;

namespace Mingling.Training.Runs;

/// <summary>What the checkpoints of a run say of themselves, and the model that they belong to.</summary>
internal static class Checkpoint
{
    private const string Format = "mingling.format", EpochCount = "epochs", Classes = "classes", Teachers = "teachers";

    /// <summary>Holds no time and no name of a machine, so that equal trainings give equal files.</summary>
    public static Dictionary<string, string> Metadata(RunManifest manifest, int epochs, IReadOnlyList<string> teachers)
    {
        var texts = new Dictionary<string, string>
        {
            [Format] = RunManifest.CurrentFormat.ToString(),
            [EpochCount] = epochs.ToString(),
            [Classes] = ClassesOf(manifest),
        };
        if (teachers.Count > 0) texts[Teachers] = string.Join(' ', teachers);
        return texts;
    }

    /// <summary>After how many epochs a checkpoint was saved.</summary>
    /// <exception cref="CheckpointException">It is no checkpoint of this run, or of another format.</exception>
    public static int Epochs(string path, SafetensorsFile file, RunManifest manifest)
    {
        if (!file.Metadata.TryGetValue(EpochCount, out string? text) || !int.TryParse(text, out int epochs))
            throw new CheckpointException($"{path} does not say after which epoch it was saved; it is not a checkpoint of Mingling.");
        string format = file.Metadata.GetValueOrDefault(Format, "unknown");
        if (format != RunManifest.CurrentFormat.ToString())
            throw new CheckpointException($"{path} is of format {format}; this version of Mingling reads format {RunManifest.CurrentFormat}.");
        if (file.Metadata.GetValueOrDefault(Classes) != ClassesOf(manifest))
            throw new CheckpointException($"{path} belongs to a run of other words; restore the one that was saved with run.json.");
        return epochs;
    }

    /// <summary>Checks that the teachers have the weights that they had when a checkpoint was saved.</summary>
    /// <exception cref="CheckpointException">One has others; the message names it.</exception>
    public static void CheckTeachers(string path, SafetensorsFile file, DistillationSettings settings, IReadOnlyList<string> teachers)
    {
        string[] then = file.Metadata.GetValueOrDefault(Teachers, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (then.Length != teachers.Count) throw new CheckpointException($"{path} was saved with {then.Length} teachers, and the run has {teachers.Count}; it belongs to another run.");
        if (settings.Teachers.Where((_, i) => then[i] != teachers[i]).FirstOrDefault() is { } other)
            throw new CheckpointException($"the teacher {other} has other weights than when the run began; restore them, or begin another run.");
    }

    /// <summary>Builds the model of a run with freshly drawn weights.</summary>
    /// <exception cref="CheckpointException">The run names an encoder that is not known here, or its recipe is out of range.</exception>
    public static CommandModel Build(RunDirectory run, EncoderCatalog? catalog) =>
        Made(run, () => new CommandModel(run.Manifest.Recipe, run.Manifest.Classes, catalog));

    /// <summary>Builds a part of a run's training by its recipe.</summary>
    /// <exception cref="CheckpointException">The recipe cannot be used; the message says why.</exception>
    public static T Made<T>(RunDirectory run, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or LossExpressionException)
        {
            throw new CheckpointException($"{run.Path} cannot be used: {(e is ArgumentException argument ? ArgumentMessage.WithoutParameter(argument) : e.Message)}", e);
        }
    }

    private static string ClassesOf(RunManifest manifest) => JsonSerializer.Serialize(manifest.Classes, RunManifest.Json);
}
