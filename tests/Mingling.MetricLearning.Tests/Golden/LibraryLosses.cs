using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;

namespace Mingling.MetricLearning.Tests.Golden;

/// <summary>The losses of the reference files; an unknown name, parameter, distance, reduction or miner fails.</summary>
internal static class LibraryLosses
{
    public static EmbeddingLoss Make(LibraryCase c)
    {
        var loss = c.Name == "triplet_margin" ? Triplet(c) : c.Golden.ContainsKey("weight") ? WithWeights(c) : OfPairs(c);
        c.RequireAllRead();
        return loss;
    }

    private static TripletLoss Triplet(LibraryCase c) => new(
        c.Number("margin", 0.05),
        c.Measure,
        c.Miner is null ? null : LibraryMiners.Triplets(c.Miner) ?? throw new NotSupportedException($"Unknown triplet miner '{c.Miner}'."),
        c.Flag("smooth") ? TripletForm.SoftMargin : TripletForm.Hinge,
        c.Flag("swap"),
        c.Reduction);

    private static EmbeddingLoss OfPairs(LibraryCase c)
    {
        var measure = c.Measure;
        var reduction = c.Reduction;
        var miner = c.Miner is null ? null : LibraryMiners.Pairs(c.Miner, measure) ?? throw new NotSupportedException($"Unknown pair miner '{c.Miner}'.");
        return c.Name switch
        {
            "contrastive" or "snr_contrastive" => Contrastive(c, measure, reduction, miner),
            "ntxent" => new NtXentLoss(c.Number("temperature"), measure, reduction, miner),
            "supcon" => new SupConLoss(c.Number("temperature"), measure, reduction, miner),
            "multi_similarity" => new MultiSimilarityLoss(c.Number("alpha"), c.Number("beta"), c.Number("base"), As<Similarity>(c, measure), reduction, miner),
            "circle" => new CircleLoss(Only<CosineSimilarity, double>(c, measure, c.Number("m")), c.Number("gamma"), reduction, miner),
            "angular" => new AngularLoss(c.Number("alpha_degrees"), reduction, miner),
            "lifted_structure" => new LiftedStructureLoss(c.Number("neg_margin"), c.Number("pos_margin"), As<Distance>(c, measure), reduction, miner),
            "generalized_lifted_structure" => new GeneralizedLiftedStructureLoss(c.Number("neg_margin"), c.Number("pos_margin"), As<Distance>(c, measure), reduction, miner),
            "nca" => new NcaLoss(c.Number("softmax_scale"), measure, reduction, miner),
            "margin" => new MarginLoss(c.Number("margin"), c.Number("beta"), c.Number("nu"), distance: As<Distance>(c, measure), reduction: reduction),
            "tuplet_margin" => new TupletMarginLoss(Only<CosineSimilarity, double>(c, measure, c.Number("margin_degrees")), c.Number("scale"), reduction, miner),
            "intra_pair_variance" => new IntraPairVarianceLoss(c.Number("pos_eps"), c.Number("neg_eps"), As<Similarity>(c, measure), reduction, miner),
            "ranked_list" => new RankedListLoss(
                c.Number("margin"), c.Number("Tn"), c.Number("imbalance"), c.OptionalNumber("alpha"), c.Number("Tp"), As<Distance>(c, measure), reduction),
            "fast_ap" => new FastApLoss(Only<SquaredEuclideanDistance, int>(c, measure, (int)c.Number("num_bins")), reduction),
            "histogram" => new HistogramLoss(Only<CosineSimilarity, int>(c, measure, (int)c.Number("n_bins"))),
            "pnp" => Pnp(c, measure, reduction),
            _ => throw new NotSupportedException($"Unknown loss '{c.Name}'."),
        };
    }

    private static PnpLoss Pnp(LibraryCase c, PairMeasure measure, Reduction reduction)
    {
        var variant = c.Text("variant", "O") switch
        {
            "O" => PnpVariant.Original,
            "Ds" => PnpVariant.DecreasingSlow,
            "Dq" => PnpVariant.DecreasingQuick,
            "Iu" => PnpVariant.IncreasingUnbounded,
            "Ib" => PnpVariant.IncreasingBounded,
            var other => throw new NotSupportedException($"Unknown PNP variant '{other}'."),
        };
        double temperature = Only<CosineSimilarity, double>(c, measure, c.Number("anneal", 0.01));
        return new PnpLoss(variant, temperature, c.Number("alpha", 1), c.Number("b", 2), reduction);
    }

    private static ContrastiveLoss Contrastive(LibraryCase c, PairMeasure measure, Reduction reduction, PairMiner? miner)
    {
        var (positive, negative) = (c.Number("pos_margin"), c.Number("neg_margin"));
        return measure is Similarity similarity
            ? new ContrastiveLoss(similarity, positive, negative, ContrastiveForm.Linear, reduction, miner)
            : new ContrastiveLoss((Distance)measure, positive, negative, ContrastiveForm.Linear, reduction, miner);
    }

    private static EmbeddingLoss WithWeights(LibraryCase c)
    {
        if (c.Miner is not null) throw new NotSupportedException($"Loss '{c.Name}' takes no miner.");
        var (classes, dimension, reduction) = (c.Classes, c.Dimension, c.Reduction);
        return c.Name switch
        {
            "arcface" => new ArcFaceLoss(classes, dimension, c.Number("margin_degrees"), c.Number("scale"), reduction: reduction),
            "sub_center_arcface" => new ArcFaceLoss(
                classes, dimension, c.Number("margin_degrees"), c.Number("scale"), (int)c.Number("sub_centers"), reduction: reduction),
            "cosface" => new CosFaceLoss(classes, dimension, c.Number("margin"), c.Number("scale"), reduction: reduction),
            "sphereface" => new LargeMarginSoftmaxLoss(classes, dimension, (int)c.Number("margin"), c.Number("scale"), normalizeWeights: true, reduction: reduction),
            "large_margin_softmax" => new LargeMarginSoftmaxLoss(classes, dimension, (int)c.Number("margin"), c.Number("scale"), reduction: reduction),
            "normalized_softmax" => new NormFaceLoss(classes, dimension, c.Number("temperature"), reduction: reduction),
            "proxy_nca" => new ProxyNcaLoss(classes, dimension, c.Number("softmax_scale"), reduction: reduction),
            "proxy_anchor" => new ProxyAnchorLoss(classes, dimension, c.Number("margin"), c.Number("alpha"), reduction),
            "soft_triple" => new SoftTripleLoss(
                classes, dimension, (int)c.Number("centers_per_class"), c.Number("la"), c.Number("gamma"), c.Number("margin"), reduction: reduction),
            _ => throw new NotSupportedException($"Unknown loss '{c.Name}'."),
        };
    }

    private static T As<T>(LibraryCase c, PairMeasure measure) where T : PairMeasure =>
        measure as T ?? throw new NotSupportedException($"Loss '{c.Name}' needs a {typeof(T).Name}.");

    /// <summary>A loss whose formula fixes the measure.</summary>
    private static TValue Only<TMeasure, TValue>(LibraryCase c, PairMeasure measure, TValue value) where TMeasure : PairMeasure
    {
        _ = As<TMeasure>(c, measure);
        return value;
    }
}
