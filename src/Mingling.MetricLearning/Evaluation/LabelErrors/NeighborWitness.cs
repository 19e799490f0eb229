using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>How well classes fit rows by the labels of the nearest rows, those of the same group left out.</summary>
internal static class NeighborWitness
{
    private const int Neighbors = 10;

    /// <summary>
    /// [Count × classes]: votes with one added for all classes together, as shares. All alike for a row whose class has fewer than
    /// ten others to vote for it: its silence says nothing.
    /// </summary>
    internal static double[] Shares<T>(EmbeddingSet<T> set, ReadOnlyMemory<int> groups, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (classes, count) = (set.Classes, set.Classes.Count);
        double[] shares = new double[set.Count * count];
        QueryBlocks.ForEach(set, set, threads, () =>
        {
            var nearest = new NearestRows<T>(Neighbors);
            var allowed = new T[set.Count];
            return (row, distances) =>
            {
                var of = shares.AsSpan(row * count, count);
                of.Fill(1.0 / count);
                if (!HasVoters(row)) return;
                for (int other = 0; other < allowed.Length; other++) allowed[other] = AreTogether(row, other) ? T.PositiveInfinity : distances[other];
                foreach (var (_, neighbor) in nearest.Find(allowed, row)) of[classes.ClassOfRow[neighbor]]++;
                foreach (ref double share in of) share /= Neighbors + 1;
            };
        });
        return shares;

        bool AreTogether(int row, int other) => groups.Length != 0 && groups.Span[row] >= 0 && groups.Span[row] == groups.Span[other];

        bool HasVoters(int row)
        {
            int voters = 0;
            foreach (int other in classes.Rows(classes.ClassOfRow[row]))
            {
                if (other != row && !AreTogether(row, other) && ++voters == Neighbors) return true;
            }
            return false;
        }
    }
}
