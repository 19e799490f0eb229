using Mingling.Corpora;
using Mingling.Experiments.Comparison;
using Mingling.Training.Recipes;

namespace Mingling.Experiments.Tests.Comparison;

/// <summary>Plans and results without any training.</summary>
internal static class Comparisons
{
    public static readonly string[] Words = ["no", "off", "on"];

    public static ComparisonPlan Plan(string[] losses, int folds = 1, int seeds = 1, string[]? grids = null) => new()
    {
        Version = "1",
        Source = new CorpusSource { Path = "/corpus" },
        Recipe = TrainingRecipe.For("tc-resnet8"),
        Variants = LossGrid.Expand(losses, [.. (grids ?? []).Select(GridAxis.Parse)]),
        Seeds = seeds,
        Folds = [.. Enumerable.Range(1, folds).Select(fold => new PlannedFold(fold, $"digest {fold}", 30, 10, [$"s{fold}"]))],
        Words = Words,
        HeldOutWords = [],
        Probe = false,
    };

    /// <summary>Clips of one run, each as the word said and the word recognised.</summary>
    public static JobOutcome Outcome(params (string Said, string Recognized)[] clips) => new(new JobResult
    {
        Accuracy = clips.Count(clip => clip.Said == clip.Recognized) / (double)clips.Length,
        BestEpochAccuracy = 1,
        SecondsPerEpoch = 2,
        IntraInterRatio = 0.5,
        WorstPairDPrime = 3,
        WorstPair = ["off", "on"],
        Classes = Words,
        Said = [.. clips.Select(clip => Array.IndexOf(Words, clip.Said))],
        Recognized = [.. clips.Select(clip => Array.IndexOf(Words, clip.Recognized))],
    }, null);

    /// <summary>So many clips, of which the first ones are taken for another word.</summary>
    public static JobOutcome Outcome(int clips, int wrong) => Outcome([.. Enumerable.Range(0, clips).Select(i => ("on", i < wrong ? "off" : "on"))]);
}
