namespace Mingling.Experiments.Evaluation;

/// <summary>Whether two figures order the same things alike: 1 for the same order, −1 for the reverse, about 0 where they have nothing to do with each other.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's ρ: the correlation of the ranks, ties having the mean of theirs.</summary>
    /// <param name="x">One figure of each thing.</param>
    /// <param name="y">The other, in the same order.</param>
    /// <returns>−1 … 1; null with fewer than two things or where all have the same figure.</returns>
    /// <exception cref="ArgumentException">There are not as many of one as of the other.</exception>
    public static double? Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        Check(x, y);
        var (ranksX, ranksY) = (Ranks(x), Ranks(y));
        double middle = (x.Count + 1) / 2.0, xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (ranksX[i] - middle, ranksY[i] - middle);
            (xy, xx, yy) = (xy + dx * dy, xx + dx * dx, yy + dy * dy);
        }
        return xx == 0 || yy == 0 ? null : xy / Math.Sqrt(xx * yy);
    }

    /// <summary>Kendall's τ-b (1945): the pairs of things in the same order less those in the other, corrected for ties.</summary>
    /// <inheritdoc cref="Spearman"/>
    public static double? KendallTauB(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        Check(x, y);
        double sum = 0, untiedX = 0, untiedY = 0;
        for (int i = 1; i < x.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                var (signX, signY) = (x[i].CompareTo(x[j]), y[i].CompareTo(y[j]));
                sum += Math.Sign(signX) * Math.Sign(signY);
                if (signX != 0) untiedX++;
                if (signY != 0) untiedY++;
            }
        }
        return untiedX == 0 || untiedY == 0 ? null : sum / Math.Sqrt(untiedX * untiedY);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[values.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]]) end++;
            for (int i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
        }
        return ranks;
    }

    private static void Check(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count) throw new ArgumentException($"there are {x.Count} figures and {y.Count}; each thing must have both.", nameof(y));
    }
}
