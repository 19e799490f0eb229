
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Joint;

/// <summary>Makes the losses that compare pairs, and may have a memory around them.</summary>
internal static class PairMakers
{
    public static IReadOnlyDictionary<string, Func<LossArguments, PairLoss>> All { get; } = new Dictionary<string, Func<LossArguments, PairLoss>>
    {
        ["contrastive"] = Contrastive,
        ["snr-contrastive"] = a => new ContrastiveLoss(
            new SignalToNoiseDistance(), a.Number("positive-margin", 0), a.Number("negative-margin", 1), ContrastiveForm.Linear, a.Reduction(), a.PairMining()),
        ["ntxent"] = a => new NtXentLoss(a.Number("temperature", 0.07), a.Measure("measure", "cosine"), a.Reduction(), a.PairMining()),
        ["n-pair"] = a => new NPairLoss(a.Number("norm-weight", 0), a.Reduction(), a.PairMining()),
        ["supcon"] = a => new SupConLoss(a.Number("temperature", 0.1), a.Measure("measure", "cosine"), a.Reduction(), a.PairMining()),
        ["lifted"] = a => Lifted(a, (m, p, distance, reduction, miner) => new LiftedStructureLoss(m, p, distance, reduction, miner)),
        ["generalized-lifted"] = a => Lifted(a, (m, p, distance, reduction, miner) => new GeneralizedLiftedStructureLoss(m, p, distance, reduction, miner)),
        ["multi-similarity"] = a => new MultiSimilarityLoss(
            a.Number("alpha", 2), a.Number("beta", 50), a.Number("threshold", 0.5), a.Similarity(), a.Reduction(), a.PairMining()),
        ["circle"] = a => new CircleLoss(a.Number("margin", 0.4), a.Number("gamma", 80), a.Reduction(), a.PairMining()),
        ["angular"] = a => new AngularLoss(a.Number("angle", 40), a.Reduction(), a.PairMining()),
        ["nca"] = a => new NcaLoss(a.Number("scale", 1), a.Measure("measure", "squared-euclidean"), a.Reduction(), a.PairMining()),
        ["margin"] = a => new MarginLoss(
            a.Number("margin", 0.2),
            a.Number("beta", 1.2),
            a.Number("regularization", 0),
            a.Flag("per-class", false) ? a.Classes : null,
            a.Flag("learn-beta", false),
            a.Distance(),
            a.Reduction()),
        ["tuplet-margin"] = a => new TupletMarginLoss(a.Number("margin", 5.73), a.Number("scale", 64), a.Reduction(), a.PairMining()),
        ["intra-pair-variance"] = a => new IntraPairVarianceLoss(
            a.Number("positive-epsilon", 0.01), a.Number("negative-epsilon", 0.01), a.Similarity(), a.Reduction(), a.PairMining()),
        ["ranked-list"] = a => new RankedListLoss(
            a.Number("margin", 0.4),
            a.Number("negative-temperature", 10),
            a.Number("imbalance", 0.5),
            a.OptionalNumber("boundary", "1 + margin / 2"),
            a.Number("positive-temperature", 0),
            a.Distance(),
            a.Reduction()),
        ["fast-ap"] = a => new FastApLoss(a.Integer("bins", 10), a.Reduction()),
        ["histogram"] = a => new HistogramLoss(a.Integer("bins", 100)),
    };

    private static ContrastiveLoss Contrastive(LossArguments a)
    {
        var measure = a.Measure("measure", "euclidean");
        var similarity = measure as Similarity;
        double positive = a.Number("positive-margin", similarity is null ? 0 : 1);
        double negative = a.Number("negative-margin", similarity is null ? 1 : 0);
        var form = a.Choice("form", similarity is null ? ContrastiveForm.Squared : ContrastiveForm.Linear);
        return similarity is null
            ? new ContrastiveLoss((Distance)measure, positive, negative, form, a.Reduction(), a.PairMining())
            : new ContrastiveLoss(similarity, positive, negative, form, a.Reduction(), a.PairMining());
    }

    private static LiftedLoss Lifted(LossArguments a, Func<double, double, Distance, Reduction?, PairMiner?, LiftedLoss> make) =>
        make(a.Number("negative-margin", 1), a.Number("positive-margin", 0), a.Distance(), a.Reduction(), a.PairMining());
}
