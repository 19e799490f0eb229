using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;
using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Named;

/// <summary>The recipes that have a name.</summary>
public static class NamedRecipes
{
    /// <summary>The recipe for a few recordings of each word, which trainings take by themselves.</summary>
    internal const string Few = "few";

    private const string BaseEncoderName = "resnet2d-stream";

    /// <summary>All of them: ours, then those of papers.</summary>
    public static IReadOnlyList<NamedRecipe> All { get; } =
    [
        new("default", "tc-resnet8", "own") { For = TrainingRecipe.For, FitsClips = true },
        new("accurate", "resnet2d", "own") { For = Accurate, FitsClips = true },
        new(Few, BaseEncoderName, "own") { For = FromBase },
        new("room", BaseEncoderName, "own") { For = Room, FitsClips = true },
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
        bool isBase = encoder == BaseEncoderName;
        return recipe with
        {
            From = isBase ? OriginValue.BaseName : null,
            Encoder = isBase ? AsInBase(recipe.Encoder) : recipe.Encoder,
            Members = 2,
            Loss = LossExpression.Parse("softmax"),
            LabelSmoothing = 0,
            AverageDecay = 0.995,
            Augmentation = recipe.Augmentation with { RoomProbability = 0.3, MicrophoneProbability = 0.5, NoiseProbability = 0.85, LowestSnrDb = 0 },
            Negatives = new NegativeSettings { Ratio = 1.5, Synthetic = 5000, People = 5000 },
        };
    }

    /// <summary>
    /// For a few recordings of each word: from the base encoder, which learns at a tenth of the rate, with a margin between the words. Of another
    /// encoder the training says that the base is none.
    /// </summary>
    private static TrainingRecipe FromBase(string encoder)
    {
        var recipe = TrainingRecipe.For(encoder);
        return recipe with
        {
            From = OriginValue.BaseName,
            Encoder = AsInBase(recipe.Encoder),
            Optimizer = recipe.Optimizer with { EncoderRate = 0.1 },
            Loss = LossExpression.Parse("arcface(scale: 16, margin: 11)"),
            Epochs = 40,
        };
    }

    private static EncoderSettings AsInBase(EncoderSettings encoder) => encoder with { ProjectionBias = true, DynamicRangeDb = null };

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
