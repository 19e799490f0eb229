using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using static TorchSharp.torch;

namespace Mingling.Training.Loop;

/// <summary>Trained weights from which a training begins: those of a run, or a base encoder.</summary>
internal static class TrainedOrigin
{
    /// <summary>Copies the encoder that a recipe names, and the class vectors of words that both know, into a new model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="catalog">The encoders that can be named; null means those of the library.</param>
    /// <exception cref="CheckpointException">There is no such run, or its encoder or front end is another one.</exception>
    public static void Load(CommandModel model, EncoderCatalog? catalog)
    {
        if (model.Recipe.From is not { } origin) return;
        RequireSame(origin, RecipeOf(origin), model.Recipe);
        if (BaseEncoder.IsOrigin(origin))
        {
            using var file = BaseEncoder.Open(origin);
            Copy(file.Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value));
            return;
        }
        // Of several members the first: one encoder begins from one.
        using var trained = RunDirectory.Open(origin).LoadMember(last: false, catalog);
        Copy(NamedState.List("encoder", trained.Encoder).ToDictionary());
        if (trained.Head.CosineScale == 0) CopyWords(trained, model);

        void Copy(Dictionary<string, Tensor> weights)
        {
            using var quiet = no_grad();
            foreach (var (name, tensor) in NamedState.List("encoder", model.Encoder))
            {
                if (!weights.TryGetValue(name, out var trained) || !trained.shape.SequenceEqual(tensor.shape))
                    throw new CheckpointException($"{origin} has no weights '{name}' of the shape that its encoder needs; take another file.");
                tensor.copy_(trained);
            }
        }
    }

    /// <summary>A recipe with the encoder, the front end and the window of what it begins from, except for what is given.</summary>
    /// <exception cref="CheckpointException">There is no such run.</exception>
    public static TrainingRecipe Adapt(TrainingRecipe recipe, IReadOnlyCollection<string> given)
    {
        if (recipe.From is not { } origin) return recipe;
        var trained = RecipeOf(origin);
        return RecipeKeys.Keep(recipe with { Encoder = trained.Encoder, Features = trained.Features, WindowSeconds = trained.WindowSeconds }, recipe, given);
    }

    private static TrainingRecipe RecipeOf(string origin)
    {
        if (!BaseEncoder.IsOrigin(origin)) return RunDirectory.Open(origin).Manifest.Recipe;
        using var file = BaseEncoder.Open(origin);
        return BaseEncoder.RecipeOf(file, origin);
    }

    private static void CopyWords(CommandModel from, CommandModel to)
    {
        using var quiet = no_grad();
        var known = ClassNumbers.ByName(from.Classes);
        for (int word = 0; word < to.Classes.Count; word++)
            if (known.TryGetValue(to.Classes[word], out int same)) to.Head.Vectors[word].copy_(from.Head.Vectors[same]);
    }

    private static void RequireSame(string origin, TrainingRecipe trained, TrainingRecipe recipe)
    {
        if (trained.Features != recipe.Features)
            throw new CheckpointException($"{origin} has another front end than the recipe; leave the features out of the recipe, or begin from nothing (--from none).");
        // How much of the window counts is no weight.
        if (trained.Encoder with { PooledFrames = recipe.Encoder.PooledFrames } == recipe.Encoder) return;
        string what = trained.Encoder.Name == recipe.Encoder.Name ? $"other settings of the encoder {recipe.Encoder.Name}" : $"the encoder {trained.Encoder.Name} and not {recipe.Encoder.Name}";
        throw new CheckpointException($"{origin} has {what}; leave the encoder out of the recipe, or begin from nothing (--from none).");
    }
}
