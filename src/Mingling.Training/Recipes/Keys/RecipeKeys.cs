using Mingling.Audio;

namespace Mingling.Training.Recipes.Keys;

/// <summary>All keys of recipe files.</summary>
internal static class RecipeKeys
{
    /// <summary>The tables, in the order of the file.</summary>
    public static IReadOnlyList<IRecipeTable> Tables { get; } =
    [
        GeneralKeys.Table, EncoderKeys.Table, FeatureKeys.Table, FeatureKeys.Pcen, BatchKeys.Table, NegativeKeys.Table, OptimizerKeys.Table,
        DistillationKeys.Table, AugmentationKeys.Table, AugmentationKeys.Masks,
    ];

    /// <summary>The keys, in the order of the file.</summary>
    public static IReadOnlyList<RecipeKey> All { get; } = [.. Tables.SelectMany(table => table.Keys)];

    private static readonly Dictionary<string, RecipeKey> ByPath = All.ToDictionary(key => key.Path);

    private static readonly RecipeKey[] OfFeatures = [.. FeatureKeys.Table.Keys.Skip(1), .. FeatureKeys.Pcen.Keys];

    private static readonly RecipeKey[] OfTrimmed =
        [.. All.Where(key => key.Path != GeneralKeys.Trimmed && key.Write(TrainingRecipe.Default) != key.Write(TrainingRecipe.Default.ForTrimmedClips()))];

    /// <summary>The key of a path, or null.</summary>
    public static RecipeKey? Find(string path) => ByPath.GetValueOrDefault(path);

    public static string Join(string table, string name) => table.Length == 0 ? name : $"{table}.{name}";

    /// <summary>The keys for which a key decides what they are unless they are given; none for most.</summary>
    public static IReadOnlyList<RecipeKey> Governed(RecipeKey key) => key.Path switch
    {
        GeneralKeys.Trimmed => OfTrimmed,
        FeatureKeys.Preset => OfFeatures,
        _ => [],
    };

    /// <summary>A recipe with the settings of some keys as another recipe has them.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="other">The other recipe.</param>
    /// <param name="paths">The paths of the keys.</param>
    public static TrainingRecipe Keep(TrainingRecipe recipe, TrainingRecipe other, IEnumerable<string> paths) =>
        paths.Select(path => ByPath[path]).Where(key => Governed(key).Count == 0).Aggregate(recipe, (kept, key) => key.Set(kept, key.Get(other)));

    /// <summary>The paths of the keys in which two recipes differ. Keys that stand for others are left out: those others are named.</summary>
    public static string[] Differences(TrainingRecipe one, TrainingRecipe other) =>
        [.. from key in All where Governed(key).Count == 0 && key.Write(one) != key.Write(other) select key.Path];

    /// <summary>Whether a recipe looks more like one for trimmed clips than like another.</summary>
    internal static bool IsForTrimmedClips(TrainingRecipe recipe) =>
        Agreement(recipe, TrainingRecipe.Default.ForTrimmedClips(), OfTrimmed) > Agreement(recipe, TrainingRecipe.Default, OfTrimmed);

    /// <summary>The preset from which the features differ least.</summary>
    internal static string NearestPreset(FeatureSettings features) => FeatureSettings.Names.MaxBy(name =>
        Agreement(TrainingRecipe.Default with { Features = features }, TrainingRecipe.Default with { Features = FeatureSettings.FromName(name) }, OfFeatures))!;

    private static int Agreement(TrainingRecipe one, TrainingRecipe other, RecipeKey[] keys) => keys.Count(key => key.Write(one) == key.Write(other));
}
