using System.Text.Json;
using Mingling.Corpora;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;
using Mingling.Training.Runs;

namespace Mingling.Training;

/// <summary>An interrupted run goes on by the settings it began with; another setting on the command line or in a recipe file is a mistake.</summary>
internal static class ResumeCheck
{
    /// <param name="begun">The recipe of the run.</param>
    /// <param name="request">What is asked for now.</param>
    /// <exception cref="ArgumentException">A given setting differs from the run's own.</exception>
    public static void RequireSameSettings(TrainingRecipe begun, TrainingRequest request)
    {
        var (asked, given) = (request.Recipe, request.GivenKeys);
        string[] differences = [.. from path in given where Decided(RecipeKeys.Find(path)!).Any(Differs) select request.NameOf(path)];
        if (differences.Length > 0)
            throw new ArgumentException($"the run began with another {string.Join(", ", differences)}; leave it out to go on, or begin another run.");

        // A key that governs others decides those that are not given themselves.
        IEnumerable<RecipeKey> Decided(RecipeKey key) =>
            RecipeKeys.Governed(key) is { Count: > 0 } governed ? governed.Where(one => !given.Contains(one.Path)) : [key];
        bool Differs(RecipeKey key) => key.Write(begun) != key.Write(asked);
    }

    /// <exception cref="ArgumentException">The corpus is asked to be read or split in another way than it was.</exception>
    public static void RequireSameCorpusOptions(CorpusSource begun, CorpusSource asked)
    {
        // The split's seed follows from the recipe's, which is compared there.
        string wanted = Describe(asked with { Path = "", Splits = asked.Splits with { Seed = begun.Splits.Seed } });
        if (wanted != Describe(begun with { Path = "" }) && wanted != Describe(new CorpusSource { Path = "", Splits = new SplitOptions { Seed = begun.Splits.Seed } }))
            throw new ArgumentException("the run began with other options for its corpus; leave them out to go on, or begin another run.");
    }

    private static string Describe(CorpusSource source) => JsonSerializer.Serialize(source, RunManifest.Json);
}
