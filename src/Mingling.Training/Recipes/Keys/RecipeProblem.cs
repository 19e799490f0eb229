using Mingling.Training.Encoders;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>Something that is wrong with a recipe.</summary>
/// <param name="Keys">The paths of the keys that it concerns, first the one to change.</param>
/// <param name="Clause">What is wrong, as a clause that begins with a key.</param>
internal sealed record RecipeProblem(string[] Keys, string Clause)
{
    /// <summary>Everything that is wrong with a recipe: values out of range, and values that do not go together.</summary>
    public static IReadOnlyList<RecipeProblem> Find(TrainingRecipe recipe)
    {
        RecipeProblem[] single =
        [
            .. from key in RecipeKeys.All let problem = key.Problem(recipe) where problem is not null
               select new RecipeProblem([key.Path], problem),
        ];
        // What is out of range by itself need not also be told not to go together with others.
        var wrong = single.SelectMany(problem => problem.Keys).ToHashSet();
        return [.. single, .. Together(recipe).Where(problem => !problem.Keys.Any(wrong.Contains))];
    }

    private static IEnumerable<RecipeProblem> Together(TrainingRecipe recipe)
    {
        if (recipe.Batches.ClipsPerClass > recipe.BatchSize)
        {
            yield return new(["batches.clips-per-class", "batch-size"],
                $"batches.clips-per-class must be at most the batch size of {recipe.BatchSize}, not {recipe.Batches.ClipsPerClass}");
        }
        var (lowest, highest) = (recipe.Augmentation.LowestSnrDb, recipe.Augmentation.HighestSnrDb);
        if (lowest > highest)
        {
            yield return new(["augmentation.lowest-snr-db", "augmentation.highest-snr-db"],
                $"augmentation.lowest-snr-db must be at most the highest of {highest} dB, not {lowest}");
        }
        if (recipe.AverageDecay > 0 && recipe.AverageLast > 1)
        {
            yield return new(["average-last", "average-decay"],
                "average-last and average-decay are two ways of averaging weights; set average-decay to 0, or average-last to 1 or 0");
        }
        if (recipe.Negatives.Ratio > 0)
            foreach (var problem in WithNegatives(recipe)) yield return problem;
        string[] faults = [.. recipe.Features.FindProblems()];
        foreach (string fault in faults) yield return OfFeatures(fault);
        if (faults.Length == 0 && Unwarpable(recipe) is { } unwarpable)
            yield return new(["augmentation.warp-probability", "features.warp-high-hz"], $"augmentation.warp-probability must be 0 for these features: {unwarpable}");
    }

    private static IEnumerable<RecipeProblem> WithNegatives(TrainingRecipe recipe)
    {
        const string ratio = "negatives.ratio";
        if (recipe.Mixup > 0 && EncoderCatalog.HearsStreams(recipe.Encoder.Name))
            yield return new(["mixup", ratio], $"mixup must be 0 where {recipe.Encoder.Name} is trained on running sound, in which a word has a place");
        if (recipe.Distillation.EmbeddingTeacher is not null)
            yield return new([DistillationKeys.EmbeddingTeacher, ratio], $"{DistillationKeys.EmbeddingTeacher} must be none with {ratio} above 0: it teaches clips alone");
    }

    /// <summary>Why the features cannot be warped as far as the augmentation wants; null where they can.</summary>
    private static string? Unwarpable(TrainingRecipe recipe)
    {
        var (probability, range) = (recipe.Augmentation.WarpProbability, recipe.Augmentation.WarpRange);
        return probability == 0 ? null : new[] { 1 - range, 1 + range }
            .SelectMany(factor => (recipe.Features with { WarpFactor = factor }).FindProblems()).FirstOrDefault();
    }

    /// <summary>Faults of the front end begin with a property; here that is a key.</summary>
    private static RecipeProblem OfFeatures(string fault)
    {
        string property = fault.Split(' ')[0], key = $"features.{string.Join('.', property.Split('.').Select(ChoiceValue.Kebab))}";
        return RecipeKeys.Find(key) is null ? new(["features.preset"], $"features: {fault}") : new([key], key + fault[property.Length..]);
    }
}
