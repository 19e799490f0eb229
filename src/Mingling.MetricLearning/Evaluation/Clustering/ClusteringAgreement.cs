using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>How well a clustering agrees with the classes; the numbers that name classes and clusters do not matter.</summary>
/// <param name="NormalizedMutualInformation">
/// NMI, 0 … 1: mutual information divided by the mean of the two entropies. 1 where both put everything into one group.
/// </param>
/// <param name="AdjustedMutualInformation">
/// AMI (Vinh et al. 2010), at most 1 and about 0 for random clusters: (MI − E[MI]) / (mean of the entropies − E[MI]), E under random
/// permutations. 1 where both put everything into one group, or every sample into its own.
/// </param>
public sealed record ClusteringAgreement(double NormalizedMutualInformation, double AdjustedMutualInformation)
{
    /// <summary>
    /// Clusters embeddings by <see cref="KMeans"/> into as many clusters as there are classes, and compares: how NMI of embeddings is
    /// usually reported.
    /// </summary>
    /// <param name="set">The embeddings, at least one.</param>
    /// <param name="options">The seed and the other settings of the clustering.</param>
    /// <exception cref="ArgumentException">There is no embedding.</exception>
    public static ClusteringAgreement OfKMeans<T>(EmbeddingSet<T> set, KMeansOptions options) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(set);
        var clustering = KMeans.Cluster(set, set.Classes.Count, options);
        long[] labels = new long[set.Count];
        for (int i = 0; i < labels.Length; i++) labels[i] = set.LabelOf(i);
        return Compare(labels, clustering.Assignments.Span);
    }

    /// <summary>Compares class labels with cluster assignments.</summary>
    /// <param name="labels">The class of each sample; at least one sample.</param>
    /// <param name="clusters">The cluster of each sample; as many as labels.</param>
    /// <exception cref="ArgumentException">The counts disagree or are zero.</exception>
    public static ClusteringAgreement Compare(ReadOnlySpan<long> labels, ReadOnlySpan<int> clusters)
    {
        if (labels.Length != clusters.Length || labels.Length == 0)
            throw new ArgumentException(
                $"There must be one cluster for each label and at least one of both, but there are {clusters.Length} for {labels.Length}.",
                nameof(clusters));
        var table = new ContingencyTable(labels, clusters);
        // Equal partitions of these two kinds leave no entropy, or nothing but chance: 0 / 0, and agreement is perfect.
        if (table.Classes.Length == table.Clusters.Length && (table.Classes.Length == 1 || table.Classes.Length == table.Count)) return new(1, 1);
        double information = table.MutualInformation();
        double entropy = (ContingencyTable.Entropy(table.Classes, table.Count) + ContingencyTable.Entropy(table.Clusters, table.Count)) / 2;
        double expected = table.ExpectedMutualInformation();
        return new(Math.Clamp(information / entropy, 0, 1), (information - expected) / (entropy - expected));
    }
}
