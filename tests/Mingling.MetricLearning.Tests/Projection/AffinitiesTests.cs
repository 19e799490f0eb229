using CsCheck;
using Mingling.MetricLearning.Evaluation;
using Mingling.MetricLearning.Projection;
using Mingling.MetricLearning.Tests.Evaluation;

namespace Mingling.MetricLearning.Tests.Projection;

public class AffinitiesTests
{
    [Fact]
    public void Perplexity_hits_its_target_whatever_the_scale() =>
        Gen.Select(Gen.Double[1.5, 12], Gen.Double[-9, 9], Gen.Double[0.01, 1].Array[40]).Sample((perplexity, power, distances) =>
        {
            double[] probabilities = distances.Select(d => d * Math.Pow(10, power)).ToArray();
            Perplexities.ToProbabilities(probabilities, perplexity);
            probabilities.Sum().ShouldBe(1, 1e-12);
            Math.Exp(-probabilities.Where(p => p > 0).Sum(p => p * Math.Log(p))).ShouldBe(perplexity, 1e-5 * perplexity);
        });

    [Fact]
    public void Neighbors_equally_near_share_alike()
    {
        double[] equal = [4, 4, 4, 4];
        Perplexities.ToProbabilities(equal, 2);
        equal.ShouldBe([0.25, 0.25, 0.25, 0.25]);

        double[] duplicates = [0, 0, 0, 0, 0, 9, 9, 9];
        Perplexities.ToProbabilities(duplicates, 2);
        duplicates.Sum().ShouldBe(1, 1e-12);
        duplicates[0].ShouldBe(0.2, 1e-12);
        duplicates[7].ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Sparse_affinities_equal_a_naive_symmetrization() =>
        EmbeddingGenerators.Sets(minCount: 8).Sample(set =>
        {
            double perplexity = 2.0;
            var affinities = Affinities.Compute(set, perplexity, allPairs: false, threads: 2);
            double[,] naive = Naive(set, perplexity, neighbors: 6);
            affinities.Values.Sum().ShouldBe(1, 1e-12);
            double[,] found = new double[set.Count, set.Count];
            for (int i = 0; i < set.Count; i++)
            {
                for (int edge = affinities.Start[i]; edge < affinities.Start[i + 1]; edge++)
                {
                    found[i, affinities.Columns[edge]].ShouldBe(0, "each pair stands once");
                    found[i, affinities.Columns[edge]] = affinities.Values[edge];
                }
            }
            for (int i = 0; i < set.Count; i++)
            {
                for (int j = 0; j < set.Count; j++) found[i, j].ShouldBe(naive[i, j], 1e-12);
            }
        });

    private static double[,] Naive(EmbeddingSet<double> set, double perplexity, int neighbors)
    {
        double[,] joint = new double[set.Count, set.Count];
        for (int i = 0; i < set.Count; i++)
        {
            int[] nearest = Enumerable.Range(0, set.Count).Where(j => j != i).OrderBy(j => set.SquaredDistance(i, j)).ThenBy(j => j).Take(neighbors).ToArray();
            double[] probabilities = nearest.Select(j => set.SquaredDistance(i, j)).ToArray();
            Perplexities.ToProbabilities(probabilities, perplexity);
            for (int n = 0; n < nearest.Length; n++)
            {
                joint[i, nearest[n]] += probabilities[n] / (2 * set.Count);
                joint[nearest[n], i] += probabilities[n] / (2 * set.Count);
            }
        }
        return joint;
    }
}
