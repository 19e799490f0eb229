namespace Mingling.MetricLearning.Evaluation;

/// <summary>How many samples fall into each pair of a class and a cluster; natural logarithms throughout.</summary>
internal sealed class ContingencyTable
{
    private readonly Dictionary<(int Class, int Cluster), int> _cells = [];

    internal ContingencyTable(ReadOnlySpan<long> labels, ReadOnlySpan<int> clusters)
    {
        var byClass = new RowsByClass(labels);
        long[] wide = new long[clusters.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = clusters[i];
        var byCluster = new RowsByClass(wide);
        Count = labels.Length;
        Classes = Sizes(byClass);
        Clusters = Sizes(byCluster);
        for (int i = 0; i < Count; i++)
        {
            var cell = (byClass.ClassOfRow[i], byCluster.ClassOfRow[i]);
            _cells[cell] = _cells.GetValueOrDefault(cell) + 1;
        }
    }

    internal int Count { get; }

    /// <summary>The number of samples in each class.</summary>
    internal int[] Classes { get; }

    /// <summary>The number of samples in each cluster.</summary>
    internal int[] Clusters { get; }

    internal static double Entropy(int[] sizes, int count) => -sizes.Sum(n => (double)n / count * Math.Log((double)n / count));

    internal double MutualInformation()
    {
        double sum = 0.0;
        // By cell and not by hash order, so that rounding is the same in every run.
        foreach (var ((c, k), n) in _cells.OrderBy(cell => cell.Key)) sum += Share(n, Classes[c], Clusters[k]);
        return Math.Max(0, sum);
    }

    /// <summary>
    /// The mean of the mutual information over all ways to deal the samples into classes and clusters of the given sizes (Vinh et al.
    /// 2010, equation 24a): for each pair of sizes the cell count is hypergeometric. Pairs of equal sizes are computed once.
    /// </summary>
    internal double ExpectedMutualInformation()
    {
        double[] logFactorial = new double[Count + 1];
        for (int n = 2; n <= Count; n++) logFactorial[n] = logFactorial[n - 1] + Math.Log(n);
        double sum = 0.0;
        foreach (var a in Classes.CountBy(n => n).OrderBy(g => g.Key))
        {
            foreach (var b in Clusters.CountBy(n => n).OrderBy(g => g.Key))
                sum += (double)a.Value * b.Value * ExpectedShare(a.Key, b.Key, logFactorial);
        }
        return sum;
    }

    private double ExpectedShare(int a, int b, double[] logFactorial)
    {
        double fixedPart = logFactorial[a] + logFactorial[b] + logFactorial[Count - a] + logFactorial[Count - b] - logFactorial[Count];
        double sum = 0.0;
        for (int n = Math.Max(1, a + b - Count); n <= Math.Min(a, b); n++)
        {
            double logProbability = fixedPart - logFactorial[n] - logFactorial[a - n] - logFactorial[b - n] - logFactorial[Count - a - b + n];
            sum += Share(n, a, b) * Math.Exp(logProbability);
        }
        return sum;
    }

    private double Share(int n, int a, int b) => (double)n / Count * Math.Log((double)Count * n / ((double)a * b));

    private static int[] Sizes(RowsByClass index) => [.. Enumerable.Range(0, index.Count).Select(index.Size)];
}
