using Mingling.MetricLearning.Joint;

namespace Mingling.MetricLearning.Tests.Support;

/// <summary>Every loss of the catalogue with its defaults, and the variants that compute something else.</summary>
internal static class Expressions
{
    private static readonly string[] Variants =
    [
        "center(update: gradient)", "center(update: moving-average, rate: 0.05)", "center(separation: 0.5)",
        "center(update: gradient, separation: 0.5, separation-form: island)",
        "triplet(form: soft-margin)", "triplet(swap: true)", "triplet(swap: true, form: soft-margin, measure: cosine)", "triplet(measure: euclidean)",
        "triplet(measure: cosine, margin: 0.1)", "triplet(measure: snr, mining: batch-hard)", "triplet(measure: lp(p: 1))",
        "triplet(mining: batch-hard)", "triplet(mining: batch-hard, form: soft-margin, margin: 0)", "triplet(mining: batch-hard, swap: true)",
        "triplet(mining: easy-positive)", "triplet(mining: semi-hard)", "triplet(mining: hardest-negative)",
        "triplet(mining: triplet-margin(hardness: semi-hard), margin: 0.5)", "triplet(mining: triplet-margin(hardness: hard))",
        "triplet(mining: triplet-margin(hardness: easy, margin: 0.1), margin: 0.4)", "triplet(mining: angular)",
        "triplet(mining: semi-hard(random: true))", "triplet(mining: random-violating)", "triplet(mining: distance-weighted)",
        "contrastive(form: linear)", "contrastive(measure: cosine, positive-margin: 0.9, negative-margin: 0.3)",
        "contrastive(measure: squared-euclidean(normalize: false))", "contrastive(mining: pair-margin)",
        "ntxent(measure: euclidean)", "multi-similarity(mining: multi-similarity)", "lifted(distance: euclidean(normalize: false))",
        "margin(per-class: true, learn-beta: true, regularization: 0.1)", "margin(learn-beta: true, regularization: 0.1)",
        "pnp(variant: decreasing-slow, temperature: 0.1)", "pnp(variant: decreasing-quick, temperature: 0.1)",
        "pnp(variant: increasing-unbounded, temperature: 0.1)", "pnp(variant: increasing-bounded, temperature: 0.1)",
        "arcface(centers: 2)", "arcface(top-k: 2, scale: 16)", "arcface(margin: 120, scale: 8)", "softmax(label-smoothing: 0.1)", "multi-class-hinge(form: crammer-singer)",
        "adacos(dynamic: false)", "prototypical(queries: 2)", "ge2e(form: contrast)", "oim(queue: 4)",
        "memory(loss: contrastive(form: linear), size: 7)", "n-pair(norm-weight: 0.1)", "softmax + 0.01 center + triplet(mining: batch-hard)",
    ];

    private static readonly string[] Random = ["random", "distance-weighted"];

    public static LossCatalog Catalog { get; } = new();

    public static LossContext Context { get; } = new(Batches.Classes, Batches.Dimension, Batches.Shots, Seed: 5);

    public static IEnumerable<string> All => Catalog.Names.Concat(Variants);

    public static TheoryData<string> Theory() => [.. All];

    /// <summary>Losses whose gradient is the derivative of their value: no draws, and no weights held constant by definition.</summary>
    public static TheoryData<string> Differentiable() => [.. All.Where(text => !Random.Any(text.Contains) && text != "circle")];

    public static JointLoss Make(string expression) => JointLoss.Parse(expression, Context);
}
