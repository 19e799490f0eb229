using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingling.Corpora;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Comparison;

/// <summary>What a comparison trains: every variant on every fold with every seed, all with one recipe.</summary>
public sealed record ComparisonPlan
{
    /// <summary>The format of a comparison's folder that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    private const int IdLength = 16;

    /// <summary>The format of this comparison.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of Mingling that planned it last.</summary>
    public required string Version { get; init; }

    /// <summary>Where the recordings come from.</summary>
    public required CorpusSource Source { get; init; }

    /// <summary>The recipe of all runs but for loss and seed; its seed is the first one.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>The losses, in the order given; the others are compared with the first.</summary>
    public required IReadOnlyList<LossVariant> Variants { get; init; }

    /// <summary>The number of seeds, counted up from the recipe's.</summary>
    public required int Seeds { get; init; }

    /// <summary>The folds.</summary>
    public required IReadOnlyList<PlannedFold> Folds { get; init; }

    /// <summary>The words that the main runs learn, in ordinal order.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The words by whose clips few-shot recognition and refusal are measured; empty where neither is.</summary>
    public required IReadOnlyList<string> HeldOutWords { get; init; }

    /// <summary>Whether the held-out words are among <see cref="Words"/>, so that runs of their own must do without them.</summary>
    public required bool Probe { get; init; }

    /// <summary>All trainings, in an order that fills every variant evenly: seed by seed, then fold by fold.</summary>
    public IReadOnlyList<ComparisonJob> Jobs() =>
    [
        .. from seed in Enumerable.Range(Recipe.Seed, Seeds)
           from fold in Folds
           from kind in Probe && seed == Recipe.Seed ? new[] { JobKind.Main, JobKind.Probe } : [JobKind.Main]
           from variant in Variants
           select Job(kind, variant, fold, seed),
    ];

    /// <summary>The recipe of a run. Schedules of parts that its loss does not have fall away.</summary>
    /// <param name="loss">The loss in one spelling.</param>
    /// <param name="seed">The seed.</param>
    public TrainingRecipe RecipeFor(string loss, int seed)
    {
        var expression = LossExpression.ParseGrammar(loss);
        string[] parts = [.. LossGrid.PartNames(expression), .. Recipe.Distillation.PartNames];
        return Recipe with { Loss = expression, Seed = seed, Schedules = [.. Recipe.Schedules.Where(schedule => parts.Contains(schedule.Part))] };
    }

    private ComparisonJob Job(JobKind kind, LossVariant variant, PlannedFold fold, int seed)
    {
        var decides = new { kind, recipe = RecipeFor(variant.Loss, seed), fold.Digest, heldOut = Probe && kind == JobKind.Main ? [] : HeldOutWords };
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(decides, RunManifest.Json)));
        return new ComparisonJob(Convert.ToHexStringLower(hash)[..IdLength], kind, variant, fold.Number, seed);
    }
}

/// <summary>One division of the corpus.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Digest">A hash of its clips' names by side.</param>
/// <param name="TrainClips">Clips to learn from.</param>
/// <param name="ValidationClips">Clips that judge.</param>
/// <param name="Speakers">Who speaks in the clips that judge; empty where speakers are unknown.</param>
public sealed record PlannedFold(int Number, string Digest, int TrainClips, int ValidationClips, IReadOnlyList<string> Speakers);
