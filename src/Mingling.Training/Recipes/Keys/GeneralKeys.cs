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

    public const string Window = "window-seconds", Epochs = "epochs", Members = "members", From = "from", Seed = "seed";

    /// <summary>The joint loss.</summary>
    public const string Loss = "loss";

    public static IRecipeTable Table { get; } = new RecipeTable<TrainingRecipe>("", "", recipe => recipe, (_, changed) => changed)
        .Add(Trimmed, new FlagValue(), RecipeKeys.IsForTrimmedClips, (r, v) => v ? r.ForTrimmedClips() : r,
            "Whether clips were cut where the word begins and ends.", "derived from the silence around the words")
        .Add(Window, new NumberValue(new NumberRange(0.1, 10)), r => r.WindowSeconds, (r, v) => r with { WindowSeconds = v },
            "Length of the encoder's input in seconds; shorter clips are centred in silence, longer ones cut to their loudest part.",
            "derived from the lengths of the words")
        .Add(Epochs, new WholeValue(1), r => r.Epochs, (r, v) => r with { Epochs = v },
            "Number of passes over the training clips.", "derived from the number of clips: the fewer, the more")
        .Add(Members, new WholeValue(1, TrainingRecipe.MostMembers), r => r.Members, (r, v) => r with { Members = v },
            "Number of trainings, one after another, that make one model: more accurate, and as many times as costly.")
        .Add("batch-size", new WholeValue(2, 65_536), r => r.BatchSize, (r, v) => r with { BatchSize = v }, "Clips per batch.")
        .Add(From, new OptionalValue(new OriginValue(), "none"), r => r.From, (r, v) => r with { From = v },
            "Trained weights to begin from: base, the encoder that comes with Mingling, the folder of a run, or the weights of another base encoder (.safetensors); none begins from nothing, however few the recordings are.")
        .Add(Seed, new WholeValue(int.MinValue), r => r.Seed, (r, v) => r with { Seed = v },
            "Seed of all random draws; the same seed gives the same model.")
        .Add(Loss, new LossValue(), r => r.Loss, (r, v) => r with { Loss = v },
            "Joint loss, such as \"softmax + 0.01 center + 1.0 triplet(margin: 0.3, mining: batch-hard)\"; softmax is the model's own classifier.")
        .Add("schedules", new SchedulesValue(), r => r.Schedules, (r, v) => r with { Schedules = v },
            "Linear changes of a weight or margin, such as triplet.weight=0:1@0:0.3 (from 0 to 1 in the first 30 % of the training).")
        .Add("label-smoothing", new NumberValue(NumberRange.ShareBelowOne), r => r.LabelSmoothing, (r, v) => r with { LabelSmoothing = v },
            "Label smoothing of the softmax cross-entropy, unless the loss sets its own.")
        .Add("dropout", new NumberValue(NumberRange.ShareBelowOne), r => r.Dropout, (r, v) => r with { Dropout = v },
            "Dropout rate of the embedding before the classifier.")
        .Add("average-decay", new NumberValue(NumberRange.ShareBelowOne), r => r.AverageDecay, (r, v) => r with { AverageDecay = v },
            "Decay of the moving average of the weights, such as 0.99; the averaged model is kept. 0 turns it off.")
        .Add("average-last", new WholeValue(0), r => r.AverageLast, (r, v) => r with { AverageLast = v },
            "Number of last epochs whose weights are averaged and kept; 1 keeps the last epoch, 0 the epoch with the best validation.")
        .Add("mixup", new NumberValue(NumberRange.NotNegative), r => r.Mixup, (r, v) => r with { Mixup = v },
            "Mixup parameter α, for losses of single clips; 0 turns mixup off.")
        .Add("gradient-clip", new NumberValue(NumberRange.NotNegative), r => r.GradientClip, (r, v) => r with { GradientClip = v },
            "Maximum norm of the gradient; longer gradients are scaled to it. 0 turns clipping off.");
}
