using Mingling.MetricLearning.Losses;
using static Mingling.MetricLearning.Joint.ParameterRange;

namespace Mingling.MetricLearning.Joint;

/// <summary>The losses of the library that are not pair losses: triplets, centres, classifiers, proxies, episodes and memories.</summary>
internal static class BuiltInLosses
{
    public static void AddTo(LossCatalog catalog)
    {
        catalog.Add("softmax", Softmax);
        catalog.Add("center", Center);
        catalog.Add("triplet", Triplet, anyDimension: true);
        catalog.Add("multi-class-hinge", MultiClassHinge);
        catalog.Add("pnp", Pnp);
        catalog.Add("normface", NormFace);
        catalog.Add("cosface", CosFace);
        catalog.Add("arcface", ArcFace);
        catalog.Add("sphereface", a => LargeMargin(a, normalizeWeights: true));
        catalog.Add("large-margin-softmax", a => LargeMargin(a, normalizeWeights: false));
        catalog.Add("adacos", AdaCos);
        catalog.Add("proxy-nca", ProxyNca);
        catalog.Add("proxy-anchor", ProxyAnchor);
        catalog.Add("soft-triple", SoftTriple);
        catalog.Add("prototypical", Prototypical);
        catalog.Add("angular-prototypical", AngularPrototypical);
        catalog.Add("ge2e", Ge2e);
        catalog.Add("oim", Oim);
        catalog.Add("memory", Memory);
        catalog.Add("inner-class", InnerClass, anyDimension: true);
        catalog.Add("filter", Filter);
        catalog.Add("orthogonality", Orthogonality);
    }

    private static LossFactory Softmax(LossArguments a)
    {
        double? smoothing = a.OptionalNumber("label-smoothing", "that of the training", Share);
        var reduction = a.Reduction();
        return c => new SoftmaxLoss(c.Classes, c.Dimension, smoothing ?? c.LabelSmoothing, reduction, c.Seed);
    }

    private static LossFactory Center(LossArguments a)
    {
        var (rate, update) = (a.Number("rate", 0.5, Share), a.Choice("update", CenterUpdate.Paper));
        var separation = new CenterSeparation(
            a.Number("separation", 0, NotNegative), a.Number("separation-margin", 1, Positive), a.Choice("separation-form", SeparationForm.Hinge));
        var reduction = a.Reduction();
        return c => new CenterLoss(c.Classes, c.Dimension, rate, update, separation.Weight == 0 ? null : separation, reduction);
    }

    private static LossFactory Triplet(LossArguments a)
    {
        double margin = a.Number("margin", TripletLoss.DefaultMargin, NotNegative);
        var (measure, miner) = (a.Measure("measure", "squared-euclidean"), a.TripletMiner());
        var (form, swap, reduction) = (a.Choice("form", TripletForm.Hinge), a.Flag("swap", false), a.Reduction());
        double sharpness = a.Number("sharpness", 1, Positive);
        return c => new TripletLoss(margin, measure, miner(c), form, swap, reduction, sharpness);
    }

    private static LossFactory MultiClassHinge(LossArguments a)
    {
        var (margin, form, reduction) = (a.Number("margin", 1, NotNegative), a.Choice("form", MultiClassHingeForm.WestonWatkins), a.Reduction());
        return _ => new MultiClassHingeLoss(margin, form, reduction);
    }

    private static LossFactory Pnp(LossArguments a)
    {
        var variant = a.Choice("variant", PnpVariant.Original);
        var (temperature, alpha, bound) = (a.Number("temperature", 0.01, Positive), a.Number("alpha", 1, Positive), a.Number("bound", 2, Positive));
        var reduction = a.Reduction();
        return _ => new PnpLoss(variant, temperature, alpha, bound, reduction);
    }

    private static LossFactory NormFace(LossArguments a)
    {
        var (temperature, smoothing, reduction) = (a.Number("temperature", 0.05, Positive), LabelSmoothing(a), a.Reduction());
        return c => new NormFaceLoss(c.Classes, c.Dimension, temperature, smoothing, reduction, c.Seed);
    }

    private static LossFactory CosFace(LossArguments a)
    {
        var (margin, scale) = (a.Number("margin", 0.35, Between(0, 2)), a.Number("scale", 64, Positive));
        var (smoothing, reduction) = (LabelSmoothing(a), a.Reduction());
        return c => new CosFaceLoss(c.Classes, c.Dimension, margin, scale, smoothing, reduction, c.Seed);
    }

    private static LossFactory ArcFace(LossArguments a)
    {
        var (margin, scale) = (a.Number("margin", 28.6, Between(0, 180)), a.Number("scale", 64, Positive));
        var (centers, topK) = (a.Integer("centers", 1, AtLeast(1)), a.Integer("top-k", 0, NotNegative));
        double topKMargin = a.Number("top-k-margin", 3.4, Between(0, 180));
        var (smoothing, reduction) = (LabelSmoothing(a), a.Reduction());
        return c => new ArcFaceLoss(c.Classes, c.Dimension, margin, scale, centers, topK, topKMargin, smoothing, reduction, c.Seed);
    }

    private static LossFactory LargeMargin(LossArguments a, bool normalizeWeights)
    {
        var (margin, scale) = (a.Integer("margin", 4, Between(1, 8)), a.Number("scale", 1, Positive));
        var (smoothing, reduction) = (LabelSmoothing(a), a.Reduction());
        return c => new LargeMarginSoftmaxLoss(c.Classes, c.Dimension, margin, scale, normalizeWeights, smoothing, reduction, c.Seed);
    }

    private static LossFactory AdaCos(LossArguments a)
    {
        var (dynamic, smoothing, reduction) = (a.Flag("dynamic", true), LabelSmoothing(a), a.Reduction());
        return c => new AdaCosLoss(c.Classes, c.Dimension, dynamic, smoothing, reduction, c.Seed);
    }

    private static LossFactory ProxyNca(LossArguments a)
    {
        var (scale, smoothing, reduction) = (a.Number("scale", 1, Positive), LabelSmoothing(a), a.Reduction());
        return c => new ProxyNcaLoss(c.Classes, c.Dimension, scale, smoothing, reduction, c.Seed);
    }

    private static LossFactory ProxyAnchor(LossArguments a)
    {
        var (margin, alpha, reduction) = (a.Number("margin", 0.1, Between(0, 2)), a.Number("alpha", 32, Positive), a.Reduction());
        return c => new ProxyAnchorLoss(c.Classes, c.Dimension, margin, alpha, reduction, c.Seed);
    }

    private static LossFactory SoftTriple(LossArguments a)
    {
        int centers = a.Integer("centers", 10, AtLeast(1));
        var (lambda, gamma, margin) = (a.Number("lambda", 20, Positive), a.Number("gamma", 0.1, Positive), a.Number("margin", 0.01, Between(0, 2)));
        var (smoothing, reduction) = (LabelSmoothing(a), a.Reduction());
        return c => new SoftTripleLoss(c.Classes, c.Dimension, centers, lambda, gamma, margin, smoothing, reduction, c.Seed);
    }

    private static LossFactory Prototypical(LossArguments a)
    {
        int? shots = Shots(a);
        int queries = a.Integer("queries", 1, shots is { } own ? Between(1, own - 1) : AtLeast(1));
        var reduction = a.Reduction();
        return c => new PrototypicalLoss(shots ?? c.Shots, queries, reduction);
    }

    private static LossFactory AngularPrototypical(LossArguments a)
    {
        var (shots, scale, offset, reduction) = (Shots(a), a.Number("scale", 10, Positive), a.Number("offset", -5), a.Reduction());
        return c => new AngularPrototypicalLoss(shots ?? c.Shots, scale, offset, reduction);
    }

    private static LossFactory Ge2e(LossArguments a)
    {
        var (shots, form) = (Shots(a), a.Choice("form", Ge2eForm.Softmax));
        var (scale, offset, reduction) = (a.Number("scale", 10, Positive), a.Number("offset", -5), a.Reduction());
        return c => new Ge2eLoss(shots ?? c.Shots, form, scale, offset, reduction);
    }

    private static LossFactory Oim(LossArguments a)
    {
        int queue = a.Integer("queue", 0, NotNegative);
        var (scale, momentum, reduction) = (a.Number("scale", 30, Positive), a.Number("momentum", 0.5, Share), a.Reduction());
        return c => new OimLoss(c.Classes, c.Dimension, queue, scale, momentum, reduction);
    }

    private static LossFactory Memory(LossArguments a)
    {
        var (loss, size) = (a.PairLoss("loss", "ntxent"), a.Integer("size", 1024, AtLeast(1)));
        return c => new CrossBatchMemoryLoss(loss(c), size, c.Dimension);
    }

    private static LossFactory InnerClass(LossArguments a)
    {
        var reduction = a.Reduction();
        return _ => new InnerClassLoss(reduction);
    }

    private static LossFactory Filter(LossArguments a)
    {
        var loss = a.FilterLoss("loss", "triplet");
        return c => new FilterLoss(loss(c));
    }

    private static LossFactory Orthogonality(LossArguments a)
    {
        int iterations = a.Integer("iterations", OrthogonalityPenalty.DefaultIterations, AtLeast(1));
        return _ => new FilterOrthogonalityLoss(iterations);
    }

    private static double LabelSmoothing(LossArguments a) => a.Number("label-smoothing", 0, Share);

    private static int? Shots(LossArguments a) => a.OptionalInteger("shots", "that of the batches", AtLeast(2));
}
