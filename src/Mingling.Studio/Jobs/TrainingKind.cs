using Mingling.Studio.Folders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Files;
using Mingling.Training.Recipes.Named;

namespace Mingling.Studio.Jobs;

/// <summary>A kind of training that the page offers.</summary>
/// <param name="Name">Its name in the page and the names of runs.</param>
/// <param name="RecipeName">The named recipe.</param>
/// <param name="UsualSpeed">
/// The windows that a training works off in a second on one free core of an AMD EPYC (benchmarks/RESULTS.md), until this machine was measured.
/// </param>
internal sealed record TrainingKind(string Name, string RecipeName, double UsualSpeed)
{
    public static IReadOnlyList<TrainingKind> All { get; } = [new("quick", "default", 2152), new("accurate", "accurate", 400), new("room", "room", 300)];

    public TrainingRecipe Recipe
    {
        get
        {
            var named = NamedRecipes.Find(RecipeName)!;
            return named.For(named.Encoder);
        }
    }

    /// <summary>
    /// The recipe as a file of the studio in which false alarms are learned from. A recipe without running sound hears its commands as clips, as
    /// ever, and for every second of them a window without a command, most of them out of false alarms: one more word that is none. That of a
    /// room hears other speech anyway.
    /// </summary>
    public TrainingRecipe WithAlarms => Recipe.Negatives.Ratio > 0 ? Recipe
        : Recipe with { Negatives = new NegativeSettings { Ratio = 0.5, RunningShare = 0 } };

    public static TrainingKind? Find(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Writes a recipe so that <c>train --recipe</c> reads it; what a training finds from its clips is left open.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(StudioFolder folder, string name, TrainingRecipe recipe)
    {
        Directory.CreateDirectory(folder.Recipes);
        string path = Path.Combine(folder.Recipes, name + ".toml");
        OutputFile.Write(path, RecipeFile.Write(recipe, []));
        return path;
    }
}
