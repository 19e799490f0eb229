using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="DistillationSettings"/>.</summary>
internal static class DistillationKeys
{
    public const string Teachers = "distillation.teachers", EmbeddingTeacher = "distillation.embedding-teacher";

    public static IRecipeTable Table { get; } = new RecipeTable<DistillationSettings>(
            "distillation", "Distillation: trained runs whose posteriors are targets beside the labels.",
            recipe => recipe.Distillation, (recipe, distillation) => recipe with { Distillation = distillation })
        .Add("teachers", new PathsValue(), d => d.Teachers, (d, v) => d with { Teachers = v },
            "Folders of teacher runs with the same front end, window and words; the mean of their posteriors is used.")
        .Add("weight", new NumberValue(NumberRange.NotNegative), d => d.Weight, (d, v) => d with { Weight = v },
            "Weight of the distillation term beside the loss.")
        .Add("temperature", new NumberValue(NumberRange.Positive), d => d.Temperature, (d, v) => d with { Temperature = v },
            "Temperature by which logits are divided; the higher, the more weight improbable words have.")
        .Add("embedding-teacher", new OptionalValue(new PathValue(), "none"), d => d.EmbeddingTeacher, (d, v) => d with { EmbeddingTeacher = v },
            "ONNX file whose embeddings the model learns to predict; a .toml file of the same name describes it.")
        .Add("embedding-weight", new NumberValue(NumberRange.NotNegative), d => d.EmbeddingWeight, (d, v) => d with { EmbeddingWeight = v },
            "Weight of the error of predicted embeddings beside the loss.");
}
