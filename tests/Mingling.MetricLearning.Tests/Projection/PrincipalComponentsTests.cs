using CsCheck;
using Mingling.MetricLearning.Evaluation;
using Mingling.MetricLearning.Projection;
using Mingling.MetricLearning.Tests.Evaluation;

namespace Mingling.MetricLearning.Tests.Projection;

public class PrincipalComponentsTests
{
    [Fact]
    public void Directions_are_orthonormal_eigenvectors_of_the_covariance() =>
        EmbeddingGenerators.Sets(minCount: 1).Sample(set =>
        {
            var components = PrincipalComponents.Fit(set, set.Dimension);
            double[,] covariance = Covariance(set);
            double scale = Math.Max(1e-300, Enumerable.Range(0, set.Dimension).Sum(i => covariance[i, i]));
            components.TotalVariance.ShouldBe(Enumerable.Range(0, set.Dimension).Sum(i => covariance[i, i]), 1e-9 * scale);
            for (int k = 0; k < components.Count; k++)
            {
                if (k > 0) components.Variances[k].ShouldBeLessThanOrEqualTo(components.Variances[k - 1]);
                double[] direction = components.Direction(k).ToArray();
                // A direction of little variance is determined only as well as rounding of the large ones lets it.
                double loose = 1e-12 * scale / Math.Max(components.Variances[k], 1e-300);
                for (int other = 0; other <= k && components.Variances[k] > 0; other++)
                {
                    Dot(direction, components.Direction(other).ToArray()).ShouldBe(other == k ? 1 : 0, 1e-9 + loose);
                }
                for (int i = 0; i < set.Dimension; i++)
                {
                    double image = Enumerable.Range(0, set.Dimension).Sum(j => covariance[i, j] * direction[j]);
                    image.ShouldBe(components.Variances[k] * direction[i], 1e-9 * scale);
                }
            }
        });

    [Fact]
    public void Projections_have_the_variances_that_are_told()
    {
        var set = Clouds.Draw(300, 12, 3, 0.5, seed: 1);
        var components = PrincipalComponents.Fit(set, 4);
        double[] places = components.Project(set);
        for (int k = 0; k < 4; k++)
        {
            double[] column = Enumerable.Range(0, set.Count).Select(i => places[i * 4 + k]).ToArray();
            column.Average().ShouldBe(0, 1e-12);
            (column.Sum(v => v * v) / (set.Count - 1)).ShouldBe(components.Variances[k], 1e-10);
        }
    }

    [Fact]
    public void Largest_coordinate_of_a_direction_is_positive()
    {
        var components = PrincipalComponents.Fit(Clouds.Draw(200, 9, 4, 1, seed: 2), 9);
        for (int k = 0; k < 9; k++) components.Direction(k).ToArray().MaxBy(Math.Abs).ShouldBePositive();
    }

    [Fact]
    public void Data_on_a_line_have_one_direction_and_zeros_beyond()
    {
        var set = EmbeddingGenerators.Set([[1.0, 2, 7], [2, 4, 7], [3, 6, 7], [-1, -2, 7]], 0, 0, 0, 0);
        var components = PrincipalComponents.Fit(set, 3);
        components.Direction(0).ToArray().ShouldBe([1 / Math.Sqrt(5), 2 / Math.Sqrt(5), 0], 1e-12);
        components.Variances[1].ShouldBe(0);
        components.Direction(1).ToArray().ShouldBe([0.0, 0, 0]);
        components.Project(set).Length.ShouldBe(12);
    }

    // Five embeddings span four directions; what rounding leaves of a fifth is just about as small as what is still taken for one.
    [Fact]
    public void Direction_that_is_rounding_is_none() =>
        Gen.Double[-4, 4].Array[11].Array[5].Sample(rows =>
        {
            var components = PrincipalComponents.Fit(EmbeddingGenerators.Set(rows, 0, 0, 0, 0, 0), 11);
            components.Variances[4].ShouldBe(0);
            components.Direction(4).ToArray().ShouldAllBe(v => v == 0);
        }, iter: 2000);

    [Fact]
    public void Equal_embeddings_lie_at_the_origin() =>
        PrincipalComponents.Fit(EmbeddingGenerators.Set([[0.1, 0.2], [0.1, 0.2], [0.1, 0.2]], 0, 0, 0), 2)
            .Project(EmbeddingGenerators.Set([[0.1, 0.2]], 0)).ShouldBe([0.0, 0]);

    [Fact]
    public void Wrong_counts_and_sets_are_refused_in_one_sentence()
    {
        var set = Clouds.Draw(10, 3, 2, 1, seed: 1);
        Should.Throw<ArgumentOutOfRangeException>(() => PrincipalComponents.Fit(set, 4)).Message.ShouldContain("between 1 and the dimension, 3");
        Should.Throw<ArgumentException>(() => PrincipalComponents.Fit(new EmbeddingSet<double>(Array.Empty<double>(), 3, Array.Empty<int>()), 1)).Message.ShouldContain("empty");
        Should.Throw<ArgumentException>(() => PrincipalComponents.Fit(set, 1).Project(Clouds.Draw(4, 2, 2, 1, seed: 1))).Message.ShouldContain("dimension");
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[,] Covariance(EmbeddingSet<double> set)
    {
        double[] mean = Enumerable.Range(0, set.Dimension).Select(k => Enumerable.Range(0, set.Count).Average(i => set.Row(i)[k])).ToArray();
        double[,] covariance = new double[set.Dimension, set.Dimension];
        for (int a = 0; a < set.Dimension; a++)
        {
            for (int b = 0; b < set.Dimension; b++)
            {
                for (int i = 0; i < set.Count; i++)
                    covariance[a, b] += (set.Row(i)[a] - mean[a]) * (set.Row(i)[b] - mean[b]) / Math.Max(1, set.Count - 1);
            }
        }
        return covariance;
    }
}
