using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="OptimizerSettings"/>.</summary>
internal static class OptimizerKeys
{
    public static IRecipeTable Table { get; } = new RecipeTable<OptimizerSettings>(
            "optimizer", "The optimiser and its learning rate.", recipe => recipe.Optimizer, (recipe, optimizer) => recipe with { Optimizer = optimizer })
        .Add("kind", ChoiceValue.Of<OptimizerKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "Rule by which weights follow their gradients.")
        .Add("learning-rate", new NumberValue(NumberRange.Positive), o => o.LearningRate, (o, v) => o with { LearningRate = v },
            "Highest learning rate, reached at the end of the warm-up; half a cosine leads down to 0.")
        .Add("weight-decay", new NumberValue(NumberRange.NotNegative), o => o.WeightDecay, (o, v) => o with { WeightDecay = v },
            "Weight decay of convolutions and linear layers.")
        .Add("beta2", new NumberValue(NumberRange.ShareBelowOne), o => o.Beta2, (o, v) => o with { Beta2 = v },
            "Decay of the squared gradients' average of adamw.")
        .Add("warm-up", new NumberValue(NumberRange.Share), o => o.WarmUp, (o, v) => o with { WarmUp = v },
            "Share of all steps in which the learning rate rises from 0.");
}
