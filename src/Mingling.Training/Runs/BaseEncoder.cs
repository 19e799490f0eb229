using System.Reflection;
using System.Text.Json;
using Mingling.Recognition.Models;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;
using static TorchSharp.torch;

namespace Mingling.Training.Runs;

/// <summary>
/// The weights of the base encoder (<see cref="BaseModel"/>), or of another one in a file of its own, from which trainings begin: kept as 16-bit
/// floats with their recipe.
/// </summary>
internal static class BaseEncoder
{
    private const string Recipe = "recipe", FileExtension = ".safetensors";

    /// <summary>Whether the origin of a training is a base encoder, by its name or by its file, and no run.</summary>
    public static bool IsOrigin(string origin) =>
        BaseModel.IsNamed(origin) || (origin.EndsWith(FileExtension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(origin));

    /// <summary>Reads the weights, named <c>encoder.…</c>; the caller disposes them.</summary>
    /// <param name="origin">The name of the base encoder, or the file of another.</param>
    /// <exception cref="CheckpointException">There is no such file, or it holds no base encoder.</exception>
    public static SafetensorsFile Open(string origin = BaseModel.Name)
    {
        if (!BaseModel.IsNamed(origin)) return Safetensors.Read(origin);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("base.safetensors")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Safetensors.Read(BaseModel.Name, bytes);
    }

    /// <summary>The recipe by which they were trained.</summary>
    /// <param name="file">The weights.</param>
    /// <param name="origin">Where they are from, for messages.</param>
    /// <exception cref="CheckpointException">The file holds no recipe, as that of a run does not.</exception>
    public static TrainingRecipe RecipeOf(SafetensorsFile file, string origin = BaseModel.Name)
    {
        try
        {
            if (file.Metadata.TryGetValue(Recipe, out string? recipe) && JsonSerializer.Deserialize<TrainingRecipe>(recipe, RunManifest.Json) is { } read) return read;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new CheckpointException($"{origin} is no base encoder; to begin from a run, name its folder.");
    }

    /// <summary>Writes the encoder of a model as the base encoder is kept.</summary>
    public static void Write(string path, CommandModel model)
    {
        using var scope = NewDisposeScope();
        var weights = NamedState.List("encoder", model.Encoder)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.is_floating_point() ? pair.Value.to(ScalarType.Float16) : pair.Value)).ToList();
        // Paths of the machine on which it was trained are nobody's business.
        var recipe = model.Recipe with { Distillation = new DistillationSettings(), From = null };
        Safetensors.Write(path, weights, new Dictionary<string, string> { [Recipe] = JsonSerializer.Serialize(recipe, RunManifest.Json) });
    }
}
