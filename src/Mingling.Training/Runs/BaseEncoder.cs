using System.Reflection;
using System.Text.Json;
using Mingling.Recognition.Models;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Storage;
using static TorchSharp.torch;

namespace Mingling.Training.Runs;

/// <summary>The weights of the base encoder (<see cref="BaseModel"/>), from which trainings begin: kept as 16-bit floats with their recipe.</summary>
internal static class BaseEncoder
{
    private const string Recipe = "recipe";

    /// <summary>Whether the origin of a training is the base encoder.</summary>
    public static bool IsNamed(string origin) => BaseModel.IsNamed(origin);

    /// <summary>Reads the weights, named <c>encoder.…</c>; the caller disposes them.</summary>
    public static SafetensorsFile Open()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("base.safetensors")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Safetensors.Read(BaseModel.Name, bytes);
    }

    /// <summary>The recipe by which they were trained.</summary>
    public static TrainingRecipe RecipeOf(SafetensorsFile file) => JsonSerializer.Deserialize<TrainingRecipe>(file.Metadata[Recipe], RunManifest.Json)!;

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
