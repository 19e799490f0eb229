using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Named;

/// <summary>The recipes that have a name.</summary>
public static class NamedRecipes
{
    /// <summary>All of them: ours, then those of papers.</summary>
    public static IReadOnlyList<NamedRecipe> All { get; } =
    [
        new("default", "tc-resnet8", "own") { For = TrainingRecipe.For, FitsClips = true },
        new("accurate", "resnet2d", "own") { For = Accurate, FitsClips = true },
        new("room", "resnet2d-stream", "own") { For = Room, FitsClips = true },
        new("bc-resnet", "bc-resnet-1", "Kim et al. 2021, section 4.1") { For = PaperRecipes.BcResNet },
        new("tc-resnet", "tc-resnet8", "Choi et al. 2019, section 3") { For = PaperRecipes.TcResNet },
        new("matchboxnet", "matchboxnet-3x1x64", "Majumdar and Ginsburg 2020, section 3") { For = PaperRecipes.MatchboxNet },
        new("ds-cnn", "ds-cnn-s", "Zhang et al. 2017, section 4") { For = PaperRecipes.DsCnn },
        new("deep-resnet", "res8", "Tang and Lin 2018, section 3") { For = PaperRecipes.DeepResNet },
        new("tenet", "tenet6", "Li et al. 2020, section 3") { For = PaperRecipes.TemporalNet },
    ];

    /// <summary>The recipe of a name, in any case; null where there is none.</summary>
    public static NamedRecipe? Find(string name) => All.FirstOrDefault(recipe => recipe.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// For a microphone in a room where people talk: running sound with other speech, rooms and microphones, from the base encoder where the
    /// encoder is its own.
    /// </summary>
    private static TrainingRecipe Room(string encoder)
    {
        var recipe = TrainingRecipe.For(encoder);
        bool isBase = encoder == "resnet2d-stream";
        return recipe with
        {
            From = isBase ? OriginValue.BaseName : null,
            // As the base encoder has it.
            Encoder = isBase ? recipe.Encoder with { ProjectionBias = true, DynamicRangeDb = null } : recipe.Encoder,
            Loss = LossExpression.Parse("softmax"),
            LabelSmoothing = 0,
            AverageDecay = 0.995,
            Augmentation = recipe.Augmentation with { RoomProbability = 0.3, MicrophoneProbability = 0.5, NoiseProbability = 0.85, LowestSnrDb = 0 },
            Negatives = new NegativeSettings { Ratio = 1.5, Synthetic = 5000, People = 5000 },
        };
    }

    /// <summary>
    /// The two-dimensional residual net by softmax alone, with mixtures of clips (mixup) and a running mean of its weights: the most
    /// accurate of what was tried on speakers who were not heard, at ten times the cost of the default.
    /// </summary>
    private static TrainingRecipe Accurate(string encoder) => TrainingRecipe.For(encoder) with
    {
        Loss = LossExpression.Parse("softmax"),
        Mixup = 0.2,
        AverageDecay = 0.995,
    };
}
