
using Mingling.MetricLearning.Losses;

namespace Mingling.MetricLearning.Joint;

/// <summary>Makes the losses that are not pair losses: triplets, centres, classifiers, proxies, episodes and memories.</summary>
internal static class ClassMakers
{
    public static IReadOnlyDictionary<string, Func<LossArguments, EmbeddingLoss>> All { get; } = new Dictionary<string, Func<LossArguments, EmbeddingLoss>>
    {
        ["softmax"] = a => new SoftmaxLoss(a.Classes, a.Dimension, a.SoftmaxSmoothing(), a.Reduction(), a.Seed),
        ["center"] = Center,
        ["triplet"] = a => new TripletLoss(
            a.Number("margin", 0.2), a.Measure("measure", "squared-euclidean"), a.TripletMining(), a.Choice("form", TripletForm.Hinge), a.Flag("swap", false), a.Reduction(),
            a.Number("sharpness", 1)),
        ["multi-class-hinge"] = a => new MultiClassHingeLoss(a.Number("margin", 1), a.Choice("form", MultiClassHingeForm.WestonWatkins), a.Reduction()),
        ["pnp"] = a => new PnpLoss(
            a.Choice("variant", PnpVariant.Original), a.Number("temperature", 0.01), a.Number("alpha", 1), a.Number("bound", 2), a.Reduction()),
        ["normface"] = a => new NormFaceLoss(a.Classes, a.Dimension, a.Number("temperature", 0.05), a.LabelSmoothing(), a.Reduction(), a.Seed),
        ["cosface"] = a => new CosFaceLoss(
            a.Classes, a.Dimension, a.Number("margin", 0.35), a.Number("scale", 64), a.LabelSmoothing(), a.Reduction(), a.Seed),
        ["arcface"] = a => new ArcFaceLoss(
            a.Classes, a.Dimension, a.Number("margin", 28.6), a.Number("scale", 64), a.Integer("centers", 1), a.Integer("top-k", 0),
            a.Number("top-k-margin", 3.4), a.LabelSmoothing(), a.Reduction(), a.Seed),
        ["sphereface"] = a => LargeMargin(a, true),
        ["large-margin-softmax"] = a => LargeMargin(a, false),
        ["adacos"] = a => new AdaCosLoss(a.Classes, a.Dimension, a.Flag("dynamic", true), a.LabelSmoothing(), a.Reduction(), a.Seed),
        ["proxy-nca"] = a => new ProxyNcaLoss(a.Classes, a.Dimension, a.Number("scale", 1), a.LabelSmoothing(), a.Reduction(), a.Seed),
        ["proxy-anchor"] = a => new ProxyAnchorLoss(a.Classes, a.Dimension, a.Number("margin", 0.1), a.Number("alpha", 32), a.Reduction(), a.Seed),
        ["soft-triple"] = a => new SoftTripleLoss(
            a.Classes, a.Dimension, a.Integer("centers", 10), a.Number("lambda", 20), a.Number("gamma", 0.1), a.Number("margin", 0.01),
            a.LabelSmoothing(), a.Reduction(), a.Seed),
        ["prototypical"] = a => new PrototypicalLoss(a.Shots(), a.Integer("queries", 1), a.Reduction()),
        ["angular-prototypical"] = a => new AngularPrototypicalLoss(a.Shots(), a.Number("scale", 10), a.Number("offset", -5), a.Reduction()),
        ["ge2e"] = a => new Ge2eLoss(a.Shots(), a.Choice("form", Ge2eForm.Softmax), a.Number("scale", 10), a.Number("offset", -5), a.Reduction()),
        ["oim"] = a => new OimLoss(
            a.Classes, a.Dimension, a.Integer("queue", 0), a.Number("scale", 30), a.Number("momentum", 0.5), a.Reduction()),
        ["memory"] = a => new CrossBatchMemoryLoss(a.Named("loss", "ntxent", LossCatalog.Pairs), a.Integer("size", 1024), a.Dimension),
        ["inner-class"] = a => new InnerClassLoss(a.Reduction()),
        ["filter"] = a => new FilterLoss(a.Named("loss", "triplet", LossCatalog.FilterLosses)),
        ["orthogonality"] = a => new FilterOrthogonalityLoss(a.Integer("iterations", OrthogonalityPenalty.DefaultIterations)),
    };

    private static CenterLoss Center(LossArguments a)
    {
        var (rate, update) = (a.Number("rate", 0.5), a.Choice("update", CenterUpdate.Paper));
        var separation = new CenterSeparation(
            a.Number("separation", 0), a.Number("separation-margin", 1), a.Choice("separation-form", SeparationForm.Hinge));
        return new CenterLoss(a.Classes, a.Dimension, rate, update, separation.Weight == 0 ? null : separation, a.Reduction());
    }

    private static LargeMarginSoftmaxLoss LargeMargin(LossArguments a, bool normalizeWeights) => new(
        a.Classes, a.Dimension, a.Integer("margin", 4), a.Number("scale", 1), normalizeWeights, a.LabelSmoothing(), a.Reduction(), a.Seed);
}
