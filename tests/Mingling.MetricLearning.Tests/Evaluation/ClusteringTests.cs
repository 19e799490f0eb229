using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class ClusteringTests
{
    [Fact]
    public void Agreement_of_identical_partitions_is_one_whatever_the_names() =>
        Gen.Int[0, 6].Array[1, 40].Sample(labels =>
        {
            var agreement = ClusteringAgreement.Compare(labels.Select(l => (long)l).ToArray(), labels.Select(l => 100 - 3 * l).ToArray());
            agreement.NormalizedMutualInformation.ShouldBe(1, 1e-12);
            agreement.AdjustedMutualInformation.ShouldBe(1, 1e-9);
        });

    [Fact]
    public void Agreement_is_symmetric_and_within_its_range() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).Array[1, 40].Sample(pairs =>
        {
            var (a, b) = (pairs.Select(p => p.Item1).ToArray(), pairs.Select(p => p.Item2).ToArray());
            var forth = ClusteringAgreement.Compare(a.Select(l => (long)l).ToArray(), b);
            var back = ClusteringAgreement.Compare(b.Select(l => (long)l).ToArray(), a);
            forth.NormalizedMutualInformation.ShouldBe(back.NormalizedMutualInformation, 1e-12);
            forth.AdjustedMutualInformation.ShouldBe(back.AdjustedMutualInformation, 1e-9);
            forth.NormalizedMutualInformation.ShouldBeInRange(0, 1);
            forth.AdjustedMutualInformation.ShouldBeLessThanOrEqualTo(1 + 1e-9);
        });

    [Fact]
    public void Expected_information_is_the_mean_over_all_permutations()
    {
        long[] labels = [0, 0, 0, 1, 1, 2];
        int[] clusters = [0, 0, 1, 1, 1, 1];
        double mean = Permutations([.. clusters]).Average(p => new ContingencyTable(labels, p).MutualInformation());
        new ContingencyTable(labels, clusters).ExpectedMutualInformation().ShouldBe(mean, 1e-12);
    }

    [Fact]
    public void One_cluster_shares_nothing_with_several_classes() =>
        ClusteringAgreement.Compare([1, 1, 2, 3], [7, 7, 7, 7]).ShouldBe(new ClusteringAgreement(0, 0));

    [Fact]
    public void Unequal_counts_are_refused()
    {
        Should.Throw<ArgumentException>(() => ClusteringAgreement.Compare([1, 2], [1])).Message.ShouldContain("1 for 2");
        Should.Throw<ArgumentException>(() => ClusteringAgreement.Compare([], []));
    }

    [Fact]
    public void Separated_classes_are_found_by_k_means()
    {
        var random = new Random(3);
        int[] labels = Enumerable.Range(0, 200).Select(i => i % 8).ToArray();
        double[] values = labels.SelectMany(l => Enumerable.Range(0, 8).Select(k => (l == k ? 10 : 0) + random.NextDouble())).ToArray();
        ClusteringAgreement.OfKMeans(new EmbeddingSet<double>(values, 8, labels), new KMeansOptions { Seed = 1, Starts = 10 })
            .AdjustedMutualInformation.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void K_means_assigns_each_row_to_the_nearest_mean() =>
        EmbeddingGenerators.Sets(minCount: 1).Select(Gen.Int[0, 1000]).Sample((set, seed) =>
        {
            int clusters = 1 + seed % set.Count;
            var options = new KMeansOptions { Seed = seed, Threads = 2 };
            var clustering = KMeans.Cluster(set, clusters, options);
            int[] assigned = clustering.Assignments.ToArray();
            assigned.ShouldAllBe(c => c >= 0 && c < clusters);
            // Settled: no row is nearer to the mean of another cluster than to that of its own.
            var means = assigned.Distinct().ToDictionary(c => c, c => Mean(set, Enumerable.Range(0, set.Count).Where(i => assigned[i] == c).ToArray()));
            for (int i = 0; i < set.Count; i++)
                Distance(set, i, means[assigned[i]]).ShouldBeLessThanOrEqualTo(means.Values.Min(m => Distance(set, i, m)) + 1e-9);
            clustering.Inertia.ShouldBe(Enumerable.Range(0, set.Count).Sum(i => Distance(set, i, means[assigned[i]])), 1e-6);
            KMeans.Cluster(set, clusters, options with { Threads = 1 }).Assignments.ToArray().ShouldBe(assigned);
        });

    [Fact]
    public void K_means_with_unusable_settings_is_refused()
    {
        var set = new EmbeddingSet<float>(new float[3], 1, new[] { 0, 1, 2 });
        Should.Throw<ArgumentOutOfRangeException>(() => KMeans.Cluster(set, 4, new KMeansOptions { Seed = 1 })).Message.ShouldContain("embeddings, 3");
        Should.Throw<ArgumentOutOfRangeException>(() => KMeans.Cluster(set, 2, new KMeansOptions { Seed = 1, Starts = 0 }));
    }

    private static double[] Mean(EmbeddingSet<double> set, int[] rows) =>
        Enumerable.Range(0, set.Dimension).Select(k => rows.Average(i => set.Row(i)[k])).ToArray();

    private static double Distance(EmbeddingSet<double> set, int row, double[] mean) =>
        set.Row(row).ToArray().Zip(mean, (a, b) => (a - b) * (a - b)).Sum();

    private static IEnumerable<int[]> Permutations(List<int> rest)
    {
        if (rest.Count == 0) yield return [];
        for (int i = 0; i < rest.Count; i++)
        {
            foreach (int[] tail in Permutations([.. rest[..i], .. rest[(i + 1)..]])) yield return [rest[i], .. tail];
        }
    }
}
