using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="OptimizerSettings"/>.</summary>
internal static class OptimizerKeys
{
    public const string EncoderRate = "encoder-rate";

    public static IRecipeTable Table { get; } = new RecipeTable<OptimizerSettings>(
            "optimizer", "The optimiser and its learning rate.", recipe => recipe.Optimizer, (recipe, optimizer) => recipe with { Optimizer = optimizer })
        .Add("kind", ChoiceValue.FromEnum<OptimizerKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "Optimisation algorithm.")
        .Add("learning-rate", new NumberValue(NumberRange.Positive), o => o.LearningRate, (o, v) => o with { LearningRate = v },
            "Peak learning rate, reached at the end of the warm-up; it then falls to 0 along half a cosine.")
        .Add("weight-decay", new NumberValue(NumberRange.NotNegative), o => o.WeightDecay, (o, v) => o with { WeightDecay = v },
            "Weight decay of convolutions and linear layers.")
        .Add(EncoderRate, new NumberValue(NumberRange.Share), o => o.EncoderRate, (o, v) => o with { EncoderRate = v },
            "Learning rate of the encoder as a share of the others, for trainings that begin from trained weights; 0 freezes it.")
        .Add("beta2", new NumberValue(NumberRange.ShareBelowOne), o => o.Beta2, (o, v) => o with { Beta2 = v },
            "β₂ of adamw: decay of the average of squared gradients.")
        .Add("warm-up", new NumberValue(NumberRange.Share), o => o.WarmUp, (o, v) => o with { WarmUp = v },
            "Share of all steps during which the learning rate rises from 0.");
}
