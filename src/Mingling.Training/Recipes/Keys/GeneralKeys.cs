using Mingling.Training.Recipes.Values;

namespace Mingling.Training.Recipes.Keys;

/// <summary>The keys before all tables.</summary>
internal static class GeneralKeys
{
    /// <summary>
    /// Stands for no single setting, but for all in which <see cref="TrainingRecipe.ForTrimmedClips"/> differs. What a file says of
    /// those is said on top of it.
    /// </summary>
    public const string Trimmed = "trimmed";

    public static IRecipeTable Table { get; } = new RecipeTable<TrainingRecipe>("", "", recipe => recipe, (_, changed) => changed)
        .Add(Trimmed, new FlagValue(), RecipeKeys.IsForTrimmedClips, (r, v) => v ? r.ForTrimmedClips() : r,
            "Whether clips were cut off where the word begins and ends.", "found from the silence around the words")
        .Add("window-seconds", new NumberValue(new NumberRange(0.1, 10)), r => r.WindowSeconds, (r, v) => r with { WindowSeconds = v },
            "Seconds of sound that the encoder hears at once; shorter clips are centred in silence, of longer ones the loudest stretch is taken.",
            "found from the lengths of the words")
        .Add("epochs", new WholeValue(1), r => r.Epochs, (r, v) => r with { Epochs = v },
            "How often every clip is seen.", "found from the number of clips, few being seen more often")
        .Add("batch-size", new WholeValue(2, 65_536), r => r.BatchSize, (r, v) => r with { BatchSize = v }, "Clips in a batch.")
        .Add("seed", new WholeValue(int.MinValue), r => r.Seed, (r, v) => r with { Seed = v },
            "Decides every random draw; the same seed gives the same model.")
        .Add("loss", new TextValue(LossText.Unreadable), r => r.Loss, (r, v) => r with { Loss = v },
            "Joint loss, such as \"softmax + 0.01 center + 1.0 triplet(margin: 0.3, mining: batch-hard)\"; softmax is the model's own classifier.")
        .Add("schedules", new SchedulesValue(), r => r.Schedules, (r, v) => r with { Schedules = v },
            "Changes of a weight or margin during the training, such as triplet.weight=0:1@0:0.3 (from 0 to 1 in the first 0.3 of it).")
        .Add("label-smoothing", new NumberValue(NumberRange.ShareBelowOne), r => r.LabelSmoothing, (r, v) => r with { LabelSmoothing = v },
            "Label smoothing of the softmax cross-entropy, where the loss does not name its own.")
        .Add("dropout", new NumberValue(NumberRange.ShareBelowOne), r => r.Dropout, (r, v) => r with { Dropout = v },
            "Share of embedding values dropped before the classifier.")
        .Add("average-decay", new NumberValue(NumberRange.ShareBelowOne), r => r.AverageDecay, (r, v) => r with { AverageDecay = v },
            "Decay of averaged weights, such as 0.99; the averaged model is kept. 0 averages nothing.")
        .Add("average-last", new WholeValue(0), r => r.AverageLast, (r, v) => r with { AverageLast = v },
            "Epochs at the end over whose weights the mean is taken and kept; 1 keeps the last epoch, 0 the epoch that did best in validation.")
        .Add("mixup", new NumberValue(NumberRange.NotNegative), r => r.Mixup, (r, v) => r with { Mixup = v },
            "α of mixup, for losses that judge each clip alone; 0 mixes nothing.")
        .Add("gradient-clip", new NumberValue(NumberRange.NotNegative), r => r.GradientClip, (r, v) => r with { GradientClip = v },
            "Longest gradient; longer ones are shortened to it. 0 leaves them.");
}
