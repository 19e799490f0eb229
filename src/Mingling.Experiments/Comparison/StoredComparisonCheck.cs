using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Comparison;

/// <summary>Finds what the stored plan or a stored result of a comparison holds that no comparison can have written.</summary>
internal static class StoredComparisonCheck
{
    private const int MostSeeds = 1_000_000;

    /// <summary>The first thing that is wrong, as a clause; null where it can be used. What is neither plan nor result is not looked at.</summary>
    public static string? Problem(object stored) => stored switch
    {
        ComparisonPlan plan => Problem(plan),
        JobResult result => Problem(result),
        _ => null,
    };

    private static string? Problem(ComparisonPlan plan)
    {
        if (plan.Source?.Splits is null || plan.Source.Options is null || plan.Recipe is null || RunManifestCheck.HasHoles(plan.Recipe)) return "it lacks its corpus or its recipe";
        if (plan.Seeds is < 1 or > MostSeeds || (long)plan.Recipe.Seed + plan.Seeds > int.MaxValue) return $"it has {plan.Seeds} seeds";
        if (Lacks(plan.Words) || Lacks(plan.HeldOutWords)) return "a word has no name";
        if (plan.Folds is not { Count: > 0 } || plan.Folds.Any(fold => fold is not { Number: >= 1, Digest: not null, TrainClips: >= 0, ValidationClips: >= 0 } || Lacks(fold.Speakers))) return "it has no folds";
        if (plan.Variants is not { Count: > 0 } || !plan.Variants.All(IsWhole)) return "it has no losses";
        try
        {
            plan.Source.Splits.Check();
            plan.Recipe.ValidateModel();
            return null;
        }
        catch (ArgumentException e)
        {
            return ArgumentMessage.WithoutParameter(e).TrimEnd('.');
        }
    }

    private static bool IsWhole(LossVariant? variant) =>
        variant is { Text: not null, Loss: not null, Points: not null }
        && variant.Points.All(point => point is { Basis: not null, Values: not null } && point.Values.Values.All(value => value is not null));

    private static string? Problem(JobResult result)
    {
        if (Lacks(result.Classes) || Lacks(result.WorstPair) || Lacks(result.Warnings) || result.WorstPair.Count is not (0 or 2)) return "a name is missing";
        if (result.Said is null || result.Recognized is null || result.Said.Count != result.Recognized.Count) return "the clips and what was recognised differ in number";
        if (result.Said.Concat(result.Recognized).Any(word => word < 0 || word >= result.Classes.Count)) return "a clip is of a word that there is not";
        double?[] shares = [result.Accuracy, result.BestEpochAccuracy, result.FewShotAccuracy, result.UnknownAuroc, result.FrrAtFar5];
        double?[] numbers = [result.SecondsPerEpoch, result.IntraInterRatio, result.WorstPairDPrime];
        return shares.All(share => share is null or (>= 0 and <= 1)) && numbers.All(number => double.IsFinite(number ?? 0)) ? null : "a figure is out of its range";
    }

    private static bool Lacks(IReadOnlyList<string>? names) => names is null || names.Any(name => name is null);
}
