using System.Reflection;
using System.Text.Json.Serialization;
using Mingling.Audio;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Tests.Recipes;

[Collection(TorchRandom.Name)]
public class RecipeKeysTests
{
    /// <summary>Every setting with the path of its key; the bins of the encoder follow from the features.</summary>
    private static readonly Dictionary<string, PropertyInfo[]> Settings = Leaves(typeof(TrainingRecipe), [])
        .Where(path => path[^1] != typeof(EncoderSettings).GetProperty(nameof(EncoderSettings.Bins)))
        .ToDictionary(path => string.Join('.', path.Select(property => ChoiceValue.Kebab(property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name))));

    public static TheoryData<string> Paths => [.. Settings.Keys];

    [Fact]
    public void RecipeKeys_are_there_for_every_setting_and_nothing_else() =>
        RecipeKeys.All.Select(key => key.Path).Except(["trimmed", "features.preset"]).ShouldBe(Settings.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Paths))]
    public void RecipeKey_changes_its_setting_and_no_other(string path)
    {
        var key = RecipeKeys.Find(path)!;
        object? other = key.Get(TrainingRecipe.Default) switch
        {
            bool flag => !flag,
            int number => number + 1,
            double number => number + 0.01,
            null => path switch { "encoder.embedding-size" or "encoder.pooled-frames" => (object)5, "from" or "distillation.embedding-teacher" => "/runs/another", _ => 5.0 },
            Enum value => Enum.GetValues(value.GetType()).Cast<Enum>().First(one => !one.Equals(value)),
            string => "another",
            LossExpression => LossExpression.Parse("arcface"),
            IReadOnlyList<string> => new[] { "/runs/another" },
            _ => new[] { LossSchedule.Parse("triplet.weight=0:1@0:0.3") },
        };
        var changed = key.Set(TrainingRecipe.Default, other);
        key.Get(changed).ShouldBe(other);
        Settings[path].Aggregate((object?)changed, (owner, property) => property.GetValue(owner)).ShouldBe(other);
        foreach (var kept in RecipeKeys.All.Where(one => one != key && RecipeKeys.Governed(one).Count == 0))
            kept.Write(changed).ShouldBe(kept.Write(TrainingRecipe.Default), kept.Path);
    }

    /// <summary>The ranges of the front end stand with the front end too, which checks them for everybody.</summary>
    [Fact]
    public void RecipeKeys_of_the_front_end_have_its_ranges()
    {
        foreach (var key in RecipeKeys.All.Where(key => key.Table.StartsWith("features", StringComparison.Ordinal)))
            foreach (object value in Outside(key.Value))
            {
                key.Value.Problem(value).ShouldNotBeNull(key.Path);
                Should.Throw<ArgumentException>(() => key.Set(TrainingRecipe.Default, value).Features.Validate(), key.Path);
            }
        string[] fitOthers = ["window-samples", "fft-size", "sample-rate", "mel-bins", "cepstra", "warp-factor"];
        foreach (var key in RecipeKeys.All.Where(key => key.Table.StartsWith("features", StringComparison.Ordinal) && !fitOthers.Contains(key.Name)))
            foreach (object value in Ends(key.Value))
                Should.NotThrow(() => key.Set(TrainingRecipe.Default, value).Features.Validate(), key.Path);
    }

    [Fact]
    public void Recipe_out_of_range_names_all_keys()
    {
        var recipe = TrainingRecipe.Default with
        {
            WindowSeconds = double.NaN,
            Mixup = double.PositiveInfinity,
            Loss = LossExpression.ParseGrammar("hardmax"),
            BatchSize = 3,
            Augmentation = TrainingRecipe.Default.Augmentation with { LowestSnrDb = 31 },
            Features = FeatureSettings.LogMel40 with { HopSamples = 0, FftSize = 256 },
        };
        string message = Should.Throw<ArgumentException>(recipe.Validate).Message;
        foreach (string key in new[] { "window-seconds", "mixup", "loss", "clips-per-class", "lowest-snr-db", "features.hop-samples", "features.window-samples" })
            message.ShouldContain(key);
        message.ShouldNotContain("HopSamples");
    }

    [Fact]
    public void Recipe_whose_features_cannot_be_warped_says_so_before_the_training()
    {
        var narrow = TrainingRecipe.Default with { Features = FeatureSettings.LogMel40 with { HighHz = 4000 } };
        Should.Throw<ArgumentException>(narrow.Validate).Message.ShouldContain("augmentation.warp-probability must be 0 for these features: the bends of the warp");
        Should.NotThrow((narrow with { Augmentation = AugmentationSettings.None }).Validate);
        foreach (double range in new[] { 0, 0.2 })
            Should.NotThrow((TrainingRecipe.Default with { Augmentation = new() { WarpRange = range } }).Validate);
    }

    private static IEnumerable<object> Ends(RecipeValue value) => value switch
    {
        NumberValue { Range: var range } => new[] { range.Low, range.High }.Where(double.IsFinite).Select(end => (object)end),
        WholeValue whole => [whole.Low, whole.High],
        _ => [],
    };

    private static IEnumerable<object> Outside(RecipeValue value) => value switch
    {
        NumberValue { Range: var range } => new[] { Below(range.Low), Above(range.High) }.Where(double.IsFinite).Select(end => (object)end),
        WholeValue whole => new[] { whole.Low - 1, whole.High + 1 }.Select(end => (object)end),
        _ => [],
    };

    private static double Below(double end) => end - Math.Max(Math.Abs(end) * 0.01, 1e-38);

    private static double Above(double end) => end + Math.Max(Math.Abs(end) * 0.01, 1e-38);

    private static IEnumerable<PropertyInfo[]> Leaves(Type type, PropertyInfo[] path) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.CanWrite
        from leaf in property.PropertyType.GetMethod("<Clone>$") is null ? [[.. path, property]] : Leaves(property.PropertyType, [.. path, property])
        select leaf;
}
