using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class ReferenceMetricsTests
{
    public static TheoryData<string, int> Retrieval => ReferenceMetrics.Named("retrieval");

    public static TheoryData<string, int> Clustering => ReferenceMetrics.Named("clustering");

    public static TheoryData<string, int> Verification => ReferenceMetrics.Named("verification");

    [Theory, MemberData(nameof(Retrieval))]
    public void Golden_retrieval_figures_are_reproduced(string path, int index)
    {
        var golden = ReferenceMetrics.Open(path, index);
        double[][] rows = golden["embeddings"]!.AsArray().Select(r => r.Array<double>()).ToArray();
        var set = new EmbeddingSet<double>(rows.SelectMany(r => r).ToArray(), rows[0].Length, golden["labels"].Array<long>());
        var metrics = RetrievalMetrics.Evaluate(set);
        foreach (var (key, expected) in golden.Figures())
        {
            double? actual = key switch
            {
                "lone_queries" => metrics.LoneQueries,
                "precision_at_1" => metrics.PrecisionAt1,
                "r_precision" => metrics.RPrecision,
                "map_at_r" => metrics.MapAtR,
                "mean_average_precision" => metrics.MeanAveragePrecision,
                "mean_reciprocal_rank" => metrics.MeanReciprocalRank,
                _ => throw new NotSupportedException($"Retrieval figure '{key}' is unknown."),
            };
            actual!.Value.ShouldBe(expected, ReferenceMetrics.Tolerance, key);
        }
    }

    [Theory, MemberData(nameof(Clustering))]
    public void Golden_clustering_figures_are_reproduced(string path, int index)
    {
        var golden = ReferenceMetrics.Open(path, index);
        var agreement = ClusteringAgreement.Compare(golden["labels"].Array<long>(), golden["clusters"].Array<int>());
        foreach (var (key, expected) in golden.Figures())
        {
            double actual = key switch
            {
                "nmi" => agreement.NormalizedMutualInformation,
                "ami" => agreement.AdjustedMutualInformation,
                _ => throw new NotSupportedException($"Clustering figure '{key}' is unknown."),
            };
            actual.ShouldBe(expected, ReferenceMetrics.Tolerance, key);
        }
    }

    [Theory, MemberData(nameof(Verification))]
    public void Golden_verification_figures_are_reproduced(string path, int index)
    {
        var golden = ReferenceMetrics.Open(path, index);
        var curve = VerificationCurve.FromScores(golden["target_scores"].Array<double>(), golden["other_scores"].Array<double>());
        foreach (var (key, expected) in golden.Figures())
        {
            double actual = key switch
            {
                "auc" => curve.AreaUnderCurve(),
                "eer_interpolated" => curve.EqualErrorRate(),
                _ when key.StartsWith("frr_at_far_", StringComparison.Ordinal) => curve.AtFalseAcceptanceRate(Rate(key)).FalseRejectionRate,
                _ when key.StartsWith("min_dcf_", StringComparison.Ordinal) => curve.MinimumDetectionCost(Rate(key)),
                _ => throw new NotSupportedException($"Verification figure '{key}' is unknown."),
            };
            actual.ShouldBe(expected, ReferenceMetrics.Tolerance, key);
        }
    }

    /// <summary>The rate at the end of a key: "frr_at_far_0_05" is 0.05.</summary>
    private static double Rate(string key)
    {
        string[] parts = key.Split('_');
        return double.Parse($"{parts[^2]}.{parts[^1]}");
    }
}
