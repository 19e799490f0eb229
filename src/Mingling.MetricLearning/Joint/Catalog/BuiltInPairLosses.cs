using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using static Mingling.MetricLearning.Joint.ParameterRange;

namespace Mingling.MetricLearning.Joint;

/// <summary>The losses of the library that compare pairs, and may have a memory around them.</summary>
internal static class BuiltInPairLosses
{
    private delegate LiftedLoss MakeLifted(double negativeMargin, double positiveMargin, Distance distance, Reduction? reduction, PairMiner? miner);

    public static void AddTo(LossCatalog catalog)
    {
        catalog.AddPairLoss("contrastive", Contrastive);
        catalog.AddPairLoss("snr-contrastive", SnrContrastive);
        catalog.AddPairLoss("ntxent", NtXent);
        catalog.AddPairLoss("n-pair", NPair);
        catalog.AddPairLoss("supcon", SupCon);
        catalog.AddPairLoss("lifted", a => Lifted(a, (m, p, distance, reduction, miner) => new LiftedStructureLoss(m, p, distance, reduction, miner)));
        catalog.AddPairLoss("generalized-lifted", a => Lifted(a, (m, p, distance, reduction, miner) => new GeneralizedLiftedStructureLoss(m, p, distance, reduction, miner)));
        catalog.AddPairLoss("multi-similarity", MultiSimilarity);
        catalog.AddPairLoss("circle", Circle);
        catalog.AddPairLoss("angular", Angular);
        catalog.AddPairLoss("nca", Nca);
        catalog.AddPairLoss("margin", Margin);
        catalog.AddPairLoss("tuplet-margin", TupletMargin);
        catalog.AddPairLoss("intra-pair-variance", IntraPairVariance);
        catalog.AddPairLoss("ranked-list", RankedList);
        catalog.AddPairLoss("fast-ap", FastAp);
        catalog.AddPairLoss("histogram", Histogram);
    }

    private static PairLossFactory Contrastive(LossArguments a)
    {
        var measure = a.Measure("measure", "euclidean");
        var similarity = measure as Similarity;
        var range = similarity is null ? NotNegative : Any;
        double positive = a.Number("positive-margin", similarity is null ? 0 : 1, range);
        double negative = a.Number("negative-margin", similarity is null ? 1 : 0, range);
        var form = a.Choice("form", similarity is null ? ContrastiveForm.Squared : ContrastiveForm.Linear);
        var (reduction, miner) = (a.Reduction(), a.PairMiner());
        return similarity is null
            ? context => new ContrastiveLoss((Distance)measure, positive, negative, form, reduction, miner(context))
            : context => new ContrastiveLoss(similarity, positive, negative, form, reduction, miner(context));
    }

    private static PairLossFactory SnrContrastive(LossArguments a)
    {
        var (positive, negative) = (a.Number("positive-margin", 0, NotNegative), a.Number("negative-margin", 1, NotNegative));
        var (reduction, miner) = (a.Reduction(), a.PairMiner());
        return context => new ContrastiveLoss(new SignalToNoiseDistance(), positive, negative, ContrastiveForm.Linear, reduction, miner(context));
    }

    private static PairLossFactory NtXent(LossArguments a)
    {
        double temperature = a.Number("temperature", 0.07, Positive);
        var (measure, reduction, miner) = (a.Measure("measure", "cosine"), a.Reduction(), a.PairMiner());
        return context => new NtXentLoss(temperature, measure, reduction, miner(context));
    }

    private static PairLossFactory NPair(LossArguments a)
    {
        double normWeight = a.Number("norm-weight", 0, NotNegative);
        var (reduction, miner) = (a.Reduction(), a.PairMiner());
        return context => new NPairLoss(normWeight, reduction, miner(context));
    }

    private static PairLossFactory SupCon(LossArguments a)
    {
        double temperature = a.Number("temperature", 0.1, Positive);
        var (measure, reduction, miner) = (a.Measure("measure", "cosine"), a.Reduction(), a.PairMiner());
        return context => new SupConLoss(temperature, measure, reduction, miner(context));
    }

    private static PairLossFactory Lifted(LossArguments a, MakeLifted make)
    {
        var (negative, positive) = (a.Number("negative-margin", 1, NotNegative), a.Number("positive-margin", 0, NotNegative));
        var (distance, reduction, miner) = (a.Distance(), a.Reduction(), a.PairMiner());
        return context => make(negative, positive, distance, reduction, miner(context));
    }

    private static PairLossFactory MultiSimilarity(LossArguments a)
    {
        var (alpha, beta, threshold) = (a.Number("alpha", 2, Positive), a.Number("beta", 50, Positive), a.Number("threshold", 0.5));
        var (similarity, reduction, miner) = (a.Similarity(), a.Reduction(), a.PairMiner());
        return context => new MultiSimilarityLoss(alpha, beta, threshold, similarity, reduction, miner(context));
    }

    private static PairLossFactory Circle(LossArguments a)
    {
        var (margin, gamma) = (a.Number("margin", 0.4, Share), a.Number("gamma", 80, Positive));
        var (reduction, miner) = (a.Reduction(), a.PairMiner());
        return context => new CircleLoss(margin, gamma, reduction, miner(context));
    }

    private static PairLossFactory Angular(LossArguments a)
    {
        double angle = a.Number("angle", 40, new ParameterRange(0, 80, LeastExcluded: true));
        var (reduction, miner) = (a.Reduction(), a.PairMiner());
        return context => new AngularLoss(angle, reduction, miner(context));
    }

    private static PairLossFactory Nca(LossArguments a)
    {
        double scale = a.Number("scale", 1, Positive);
        var (measure, reduction, miner) = (a.Measure("measure", "squared-euclidean"), a.Reduction(), a.PairMiner());
        return context => new NcaLoss(scale, measure, reduction, miner(context));
    }

    private static PairLossFactory Margin(LossArguments a)
    {
        var (margin, beta) = (a.Number("margin", 0.2, NotNegative), a.Number("beta", 1.2, NotNegative));
        double regularization = a.Number("regularization", 0, NotNegative);
        var (perClass, learnBeta) = (a.Flag("per-class", false), a.Flag("learn-beta", false));
        var (distance, reduction) = (a.Distance(), a.Reduction());
        return context => new MarginLoss(margin, beta, regularization, perClass ? context.Classes : null, learnBeta, distance, reduction);
    }

    private static PairLossFactory TupletMargin(LossArguments a)
    {
        var (margin, scale) = (a.Number("margin", 5.73, Between(0, 90)), a.Number("scale", 64, Positive));
        var (reduction, miner) = (a.Reduction(), a.PairMiner());
        return context => new TupletMarginLoss(margin, scale, reduction, miner(context));
    }

    private static PairLossFactory IntraPairVariance(LossArguments a)
    {
        var (positive, negative) = (a.Number("positive-epsilon", 0.01, Share), a.Number("negative-epsilon", 0.01, Share));
        var (similarity, reduction, miner) = (a.Similarity(), a.Reduction(), a.PairMiner());
        return context => new IntraPairVarianceLoss(positive, negative, similarity, reduction, miner(context));
    }

    private static PairLossFactory RankedList(LossArguments a)
    {
        double margin = a.Number("margin", 0.4, NotNegative);
        double negativeTemperature = a.Number("negative-temperature", 10, NotNegative);
        double imbalance = a.Number("imbalance", 0.5, Share);
        double? boundary = a.OptionalNumber("boundary", "1 + margin / 2", Positive);
        double positiveTemperature = a.Number("positive-temperature", 0, NotNegative);
        var (distance, reduction) = (a.Distance(), a.Reduction());
        return _ => new RankedListLoss(margin, negativeTemperature, imbalance, boundary, positiveTemperature, distance, reduction);
    }

    private static PairLossFactory FastAp(LossArguments a)
    {
        int bins = a.Integer("bins", 10, AtLeast(1));
        var reduction = a.Reduction();
        return _ => new FastApLoss(bins, reduction);
    }

    private static PairLossFactory Histogram(LossArguments a)
    {
        int bins = a.Integer("bins", 100, AtLeast(1));
        return _ => new HistogramLoss(bins);
    }
}
