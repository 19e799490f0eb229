using Mingling.Training.Recipes;

namespace Mingling.Training.Runs;

/// <summary>
/// Finds what a manifest of a run holds that no training can have written. The recipe is checked where a model or a training is made of it,
/// because it may name an encoder or a loss of a program that is not here.
/// </summary>
internal static class RunManifestCheck
{
    /// <summary>The first thing that is wrong, as a clause; null where the manifest can be used.</summary>
    public static string? Problem(RunManifest manifest)
    {
        if (manifest.Recipe is null || manifest.Classes is null || manifest.Corpus is not { Source: { } source } corpus) return "it lacks the recipe, the classes or the corpus";
        if (HasHoles(manifest.Recipe)) return "a list of its recipe holds nothing";
        // The history of every member is read, whatever the run is opened for.
        if (manifest.Recipe.Members is < 1 or > TrainingRecipe.MostMembers) return $"its recipe has {manifest.Recipe.Members} members, and can have 1 to {TrainingRecipe.MostMembers}";
        if (manifest.Classes.Count < 2 || manifest.Classes.Any(string.IsNullOrWhiteSpace)) return "it must name at least 2 classes";
        if (manifest.Classes.Distinct(StringComparer.Ordinal).Count() != manifest.Classes.Count) return "two of its classes have the same name";
        if (corpus.TrainingClips is null || corpus.ValidationClips is null || corpus.TrainingClips.Concat(corpus.ValidationClips).Any(clip => clip is null)) return "its clips have no names";
        if (string.IsNullOrEmpty(source.Path) || source.Options is null || source.Splits is null) return "its corpus has no path, options or splits";
        var options = source.Options;
        if (!Enum.IsDefined(options.Layout)) return $"there is no layout {options.Layout}";
        if (Lacks(options.Words) || Lacks(options.Added) || Lacks(source.Splits.LeaveOutSpeakers)) return "a list of its corpus holds nothing";
        try
        {
            source.Splits.Check();
        }
        catch (ArgumentException e)
        {
            return ArgumentMessage.WithoutParameter(e).TrimEnd('.');
        }
        return null;
    }

    /// <summary>Whether a list of a recipe holds nothing where something must be, which no check of ranges looks for.</summary>
    public static bool HasHoles(TrainingRecipe recipe) =>
        recipe is not { Schedules: { } schedules, Distillation: { } distillation } || schedules.Any(schedule => schedule?.Part is null) || Lacks(distillation.Teachers);

    /// <summary>What is wrong with a line of a history, as a clause; null where it can be used.</summary>
    public static string? Problem(EpochReport? epoch)
    {
        if (epoch is not { Loss.Parts: { } parts, Embeddings: not null } || parts.Any(part => part?.Name is null)) return "an epoch lacks its loss or its embeddings";
        var seen = epoch.Embeddings;
        double?[] numbers =
        [
            epoch.Loss.Total, epoch.LearningRate, epoch.Seconds, epoch.ClipsPerSecond, epoch.ValidationLoss, .. parts.SelectMany(part => new double?[] { part.Weight, part.Value }),
            seen.GradientNorm, seen.Spread, seen.IntraClassDistance, seen.InterClassDistance, seen.NearestDistance, seen.Triplets?.Easy, seen.Triplets?.SemiHard, seen.Triplets?.Hard,
        ];
        if (epoch.Epoch < 1 || !numbers.All(number => double.IsFinite(number ?? 0))) return "an epoch has a number that no training gives";
        return Share(epoch.TrainingAccuracy) && Share(epoch.ValidationAccuracy) ? null : "the accuracy of an epoch is no share";
    }

    private static bool Share(double? value) => value is null or (>= 0 and <= 1);

    private static bool Lacks(IReadOnlyList<string>? list) => list is null || list.Any(string.IsNullOrEmpty);
}
