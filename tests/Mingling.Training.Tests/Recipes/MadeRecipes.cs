using CsCheck;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Tests.Recipes;

/// <summary>Random recipes that can be used.</summary>
internal static class MadeRecipes
{
    // Values that have to fit others, and would hardly ever do by chance.
    private static readonly string[] Fitting =
    [
        "batch-size", "average-last", "batches.clips-per-class", "augmentation.lowest-snr-db", "features.sample-rate", "features.window-samples", "features.fft-size",
        "features.low-hz", "features.high-hz", "features.warp-factor", "features.warp-low-hz", "features.warp-high-hz", "features.mel-bins", "features.cepstra", "features.use-energy", "features.compression",
    ];

    public static Gen<TrainingRecipe> Any { get; } =
        from made in RecipeKeys.All.Where(key => !Fitting.Contains(key.Path)).OrderByDescending(key => RecipeKeys.Governed(key).Count)
            .Aggregate(Gen.Const(TrainingRecipe.Default), (recipes, key) => recipes.Select(Change(key), (recipe, change) => change(recipe)))
        from clips in Gen.Int[2, 40]
        from more in Gen.Int[0, 400]
        select made with
        {
            BatchSize = clips + more,
            Batches = made.Batches with { ClipsPerClass = clips },
            Augmentation = made.Augmentation with { LowestSnrDb = -1000 },
            // Teachers know clips alone.
            Distillation = made.Negatives.Ratio > 0 ? made.Distillation with { Teachers = [], EmbeddingTeacher = null } : made.Distillation,
        };

    private static Gen<Func<TrainingRecipe, TrainingRecipe>> Change(RecipeKey key) =>
        from changed in Gen.Bool
        from value in Value(key)
        select new Func<TrainingRecipe, TrainingRecipe>(recipe => changed ? key.Set(recipe, value) : recipe);

    private static Gen<object?> Value(RecipeKey key) => key.Path switch
    {
        "encoder.name" => OneOf("tc-resnet8", "tc-resnet14", "resnet2d"),
        "features.preset" => OneOf("logmel40", "mfcc40", "fbank40", "fbank80", "pcen40"),
        "loss" => OneOf([.. new[] { "softmax", "softmax + 0.5 center(rate: 0.25)", "triplet(mining: batch-hard,\n\tmargin: 0.3)" }.Select(text => LossExpression.Parse(text))]),
        _ => Value(key.Value),
    };

    private static Gen<object?> Value(RecipeValue value) => value switch
    {
        NumberValue number => Gen.Double[Math.Max(-999, number.Range.Low), Math.Min(1e9, number.Range.High)].Where(number.Range.Contains).Select(n => (object?)n),
        WholeValue whole => Gen.Int[whole.Low, whole.High].Select(n => (object?)n),
        FlagValue => Gen.Bool.Select(flag => (object?)flag),
        OptionalValue optional => Gen.OneOf(Gen.Const((object?)null), Value(optional.Inner)),
        ChoiceValue choice => OneOf([.. choice.Right[7..].Split(", ").Select(name => choice.TryRead(name, out object? chosen) ? chosen : null)]),
        PathValue or OriginValue => OneOf("/runs/large", "/a \"b\"\\n/上"),
        PathsValue => OneOf("/runs/large", "/a \"b\"\\n/上").Select(path => $"{path}").Array[0, 3].Select(list => (object?)list),
        SchedulesValue => Gen.Select(Gen.Double[0, 0.4], Gen.Double[0.5, 1], Gen.Double[0, 30])
            .Select((begin, end, final) => new LossSchedule("triplet-2", LossQuantity.Margin, 0, final, begin, end)).Array[0, 3].Select(list => (object?)list),
        _ => throw new ArgumentException($"no values are made for {value}"),
    };

    private static Gen<object?> OneOf(params object?[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
