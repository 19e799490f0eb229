using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Experiments.Comparison;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes;

namespace Mingling.Cli.Commands;

/// <summary>The losses and grids of a comparison from the command line.</summary>
internal static class ComparedLosses
{
    /// <exception cref="UsageException">A loss or grid cannot be read, or does not go with another or with a schedule.</exception>
    public static IReadOnlyList<LossVariant> Variants(string[] losses, string[] grids, TrainingRecipe recipe)
    {
        try
        {
            foreach (string loss in losses) RecipeArguments.ReadLoss(loss);
            GridAxis[] axes = [.. grids.Select(GridAxis.Parse)];
            var variants = LossGrid.Expand(losses, axes);
            string[] parts = [.. variants.SelectMany(variant => LossGrid.PartNames(LossExpression.ParseGrammar(variant.Loss))).Concat(recipe.Distillation.PartNames).Distinct()];
            foreach (var schedule in recipe.Schedules) Check(schedule, parts, axes);
            return variants;
        }
        catch (LossExpressionException e)
        {
            throw new UsageException($"{RecipeArguments.LossOption} cannot be read. {e.Message}");
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static void Check(LossSchedule schedule, string[] parts, GridAxis[] axes)
    {
        if (!parts.Contains(schedule.Part))
            throw new UsageException($"the schedule {schedule} names no part of any loss; there are {string.Join(", ", parts)}.");
        // All values of the grid would be trained alike.
        if (axes.FirstOrDefault(axis => string.Equals(axis.Name, $"{schedule.Part}.{schedule.Quantity}", StringComparison.OrdinalIgnoreCase)) is { } axis)
            throw new UsageException($"the schedule {schedule} would override the grid of {axis.Name}; give one of the two.");
    }
}
