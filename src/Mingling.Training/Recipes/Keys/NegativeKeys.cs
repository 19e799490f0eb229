using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys of <see cref="NegativeSettings"/>.</summary>
internal static class NegativeKeys
{
    public static IRecipeTable Table { get; } = new RecipeTable<NegativeSettings>(
            "negatives", "Training on running sound, with windows that hold no command.",
            recipe => recipe.Negatives, (recipe, negatives) => recipe with { Negatives = negatives })
        .Add("ratio", new NumberValue(new NumberRange(0, 20)), n => n.Ratio, (n, v) => n with { Ratio = v },
            "Windows without a command for each command clip; 0 trains on clips alone.")
        .Add("synthetic", new WholeValue(0, 100_000), n => n.Synthetic, (n, v) => n with { Synthetic = v },
            "Utterances of other speech to synthesize for them, where eSpeak NG is installed.")
        .Add("people", new WholeValue(0, 100_000), n => n.People, (n, v) => n with { People = v },
            "Recordings of people to take for them from other programs of this machine, where there are some.")
        .Add("weight", new NumberValue(new NumberRange(0.001, 1000)), n => n.Weight, (n, v) => n with { Weight = v },
            "Final weight of a window without a command in the classifier's loss; it rises from 1.")
        .Add("hard-share", new NumberValue(NumberRange.Share), n => n.HardShare, (n, v) => n with { HardShare = v },
            "Share of these windows that the current model takes for commands.")
        .Add("running-share", new NumberValue(NumberRange.Share), n => n.RunningShare, (n, v) => n with { RunningShare = v },
            "Share of the command clips that are heard in running sound, among other speech.")
        .Add("latest-milliseconds", new NumberValue(new NumberRange(0, 2000)), n => n.LatestMilliseconds, (n, v) => n with { LatestMilliseconds = v },
            "Longest time from the end of a command to the end of its window, in milliseconds.");
}
