using Mingling.MetricLearning.Losses;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Recipes;

namespace Mingling.Training.Objectives;

/// <summary>What is wrong with the loss of a recipe, or does not go together with the rest of it.</summary>
internal static class LossProblems
{
    /// <summary>Checks a loss against its recipe.</summary>
    /// <exception cref="ArgumentException">Things do not go together; the message lists all of them.</exception>
    public static void Check(TrainingObjective objective, TrainingRecipe recipe, CommandModel model)
    {
        string[] problems = [.. Schedules(objective, recipe), .. Teachers(objective, recipe), .. Mixtures(objective, recipe), .. Batches(objective, recipe), .. Sizes(objective, model.Classes.Count, model.Encoder.EmbeddingSize), .. Filters(objective, model), .. Frozen(objective, recipe, model), .. Negatives(objective, recipe, model)];
        if (problems.Length > 0) throw new ArgumentException($"the recipe cannot be used: {string.Join("; ", problems)}.");
    }

    private static IEnumerable<string> Schedules(TrainingObjective objective, TrainingRecipe recipe)
    {
        string[] names = objective.Loss.Parts.Select(part => part.Name).ToArray();
        foreach (var schedule in recipe.Schedules)
        {
            var part = objective.Loss.Parts.FirstOrDefault(part => part.Name == schedule.Part);
            if (part is null) yield return $"the schedule {schedule} names no part of the loss, which has {string.Join(", ", names)}";
            else if (schedule.Quantity == LossQuantity.Margin && part.Loss is not IMarginLoss) yield return $"the margin of {part.Name} cannot change during a training";
            else if (schedule.Quantity == LossQuantity.Margin && OutOfRange((IMarginLoss)part.Loss, schedule) is { } wrong) yield return $"the schedule {schedule} cannot be: {wrong}";
        }
        foreach (var twice in recipe.Schedules.GroupBy(schedule => (schedule.Part, schedule.Quantity)).Where(same => same.Count() > 1))
            yield return $"there are {twice.Count()} schedules of the {twice.Key.Quantity.ToString().ToLowerInvariant()} of {twice.Key.Part}; one goes from one value to one other";
    }

    /// <summary>Schedules go in straight lines, so that both ends tell whether all between them is in range.</summary>
    private static string? OutOfRange(IMarginLoss loss, LossSchedule schedule)
    {
        try
        {
            (loss.Margin, loss.Margin) = (schedule.Final, schedule.Initial);
            return null;
        }
        catch (ArgumentOutOfRangeException e)
        {
            return ArgumentMessage.WithoutParameter(e).TrimEnd('.');
        }
    }

    private static IEnumerable<string> Filters(TrainingObjective objective, CommandModel model)
    {
        if (model.Encoder.Filter is null && objective.FilterParts.ToArray() is { Length: > 0 } parts)
            yield return $"{string.Join(", ", parts)} looks at the dynamic filter in front of the encoder, which has none; set encoder.dynamic-filter to true";
    }

    private static IEnumerable<string> Frozen(TrainingObjective objective, TrainingRecipe recipe, CommandModel model)
    {
        if (recipe.Optimizer.EncoderRate == 0 && !objective.NamedParameters(model).Any())
            yield return $"the loss '{recipe.Loss.Text}' trains the encoder alone, which optimizer.encoder-rate = 0 freezes; add softmax to it, or raise the rate";
    }

    private static IEnumerable<string> Negatives(TrainingObjective objective, TrainingRecipe recipe, CommandModel model)
    {
        if (recipe.Negatives.Ratio == 0) yield break;
        if (objective.Softmax is null) yield return $"windows without a command (negatives.ratio) teach softmax, which the loss '{recipe.Loss.Text}' does not have; add it, or set the ratio to 0";
        if (objective.OfflineMeasure is not null) yield return "offline mining knows no windows without a command; set negatives.ratio to 0";
        if (model.Encoder is not StreamingEncoder) yield break;
        // It decides several times in each clip.
        if (recipe.Mixup > 0) yield return "mixup mixes single clips, and an encoder for streams hears running sound where negatives.ratio is above 0; set one of them to 0";
        if (objective.EmbeddingDistillation is not null)
            yield return "a teacher of embeddings hears single clips, and an encoder for streams hears running sound where negatives.ratio is above 0; leave the teacher out, or set the ratio to 0";
    }

    private static IEnumerable<string> Sizes(TrainingObjective objective, int classes, int embeddingSize)
    {
        foreach (var part in objective.Loss.Parts)
            if (part.Loss.LeastDimension(classes) is int least && least > embeddingSize)
                yield return $"{part.Name} needs at least {least} values for the words, of which there are {classes}, but the embedding has {embeddingSize}";
    }

    private static IEnumerable<string> Teachers(TrainingObjective objective, TrainingRecipe recipe)
    {
        if (recipe.Distillation.Teachers.Count > 0 && objective.Softmax is null)
            yield return $"teachers guide the classifier softmax, which the loss '{recipe.Loss.Text}' does not have; add softmax to it";
    }

    private static IEnumerable<string> Mixtures(TrainingObjective objective, TrainingRecipe recipe)
    {
        if (recipe.Mixup > 0 && objective.UnmixableParts.ToArray() is { Length: > 0 } parts)
            yield return $"mixup makes clips of two words, which {string.Join(", ", parts)} cannot judge; leave one of them out";
    }

    private static IEnumerable<string> Batches(TrainingObjective objective, TrainingRecipe recipe)
    {
        var kind = recipe.Batches.Kind;
        bool byClasses = kind is BatchKind.Classes || (kind is BatchKind.Auto && objective.OfflineMeasure is null);
        if (objective.EpisodeParts.ToArray() is { Length: > 0 } episodes && !byClasses)
            yield return $"{string.Join(", ", episodes)} needs batches of P classes with K clips each";
        foreach (var part in objective.Loss.Parts)
            if (part.Loss.Batches is { Composition: BatchComposition.Episodes, Shots: var shots } && shots != recipe.Batches.ClipsPerClass)
                yield return $"{part.Name} takes {shots} clips of each word and batches hold {recipe.Batches.ClipsPerClass}; make both the same";
        if (objective.OfflineMeasure is not null && kind is not BatchKind.Auto)
            yield return "offline mining makes its own batches; leave the kind of batches at auto";
        if (recipe.Batches.ConfusableShare > 0 && (!byClasses || (kind is BatchKind.Auto && !objective.ComparingParts.Any())))
            yield return "batches of confusable classes must be of P classes with K clips each; set the kind of batches to classes";
    }
}
