using CsCheck;
using Mingling.MetricLearning.Projection;
using Mingling.Tests.Shared;

namespace Mingling.MetricLearning.Tests.Projection;

public class TSneForcesTests
{
    [Fact]
    public void Exact_gradient_equals_central_differences()
    {
        const double step = 1e-5;
        var affinities = Affinities.Compute(Clouds.Draw(25, 5, 3, 1, seed: 3), 5, allPairs: true, threads: 1);
        double[] places = Places(25, seed: 4, scale: 2);
        double[] gradient = Descent(affinities, 0, places).Gradient();
        for (int i = 0; i < places.Length; i++)
        {
            var (low, high) = ((double[])places.Clone(), (double[])places.Clone());
            low[i] -= step;
            high[i] += step;
            double difference = (Descent(affinities, 0, high).Divergence() - Descent(affinities, 0, low).Divergence()) / (2 * step);
            gradient[i].ShouldBe(difference, 1e-8);
        }
    }

    [Fact]
    public void Divergence_equals_its_definition()
    {
        var affinities = Affinities.Compute(Clouds.Draw(20, 4, 2, 1, seed: 5), 4, allPairs: true, threads: 1);
        double[] places = Places(20, seed: 6, scale: 1);
        double[,] weights = new double[20, 20];
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < 20; j++)
                weights[i, j] = i == j ? 0 : 1 / (1 + Math.Pow(places[2 * i] - places[2 * j], 2) + Math.Pow(places[2 * i + 1] - places[2 * j + 1], 2));
        }
        double total = weights.Cast<double>().Sum();
        double expected = 0.0;
        for (int i = 0; i < 20; i++)
        {
            for (int edge = affinities.Start[i]; edge < affinities.Start[i + 1]; edge++)
                expected += affinities.Values[edge] * Math.Log(affinities.Values[edge] / (weights[i, affinities.Columns[edge]] / total));
        }
        Descent(affinities, 0, places).Divergence().ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void Repulsion_without_theta_equals_all_pairs_even_with_coinciding_points() =>
        Gen.Int[0, 6].Select(v => v / 2.0).Array[2, 120].Sample(values =>
        {
            double[] places = values[..(values.Length / 2 * 2)];
            var points = Points(places);
            var tree = new Quadtree(points.Length, 0);
            tree.Build(points);
            for (int k = 0; k < points.Length; k++)
            {
                tree.Repel(k, out var force, out double weight);
                var (expectedForce, expectedWeight) = Naive(points, tree.Order[k]);
                weight.ShouldBe(expectedWeight, 1e-9);
                force.X.ShouldBe(expectedForce.X, 1e-9);
                force.Y.ShouldBe(expectedForce.Y, 1e-9);
            }
        });

    [Fact]
    public void Repulsion_converges_to_all_pairs_as_theta_falls()
    {
        var points = Points(Places(600, seed: 7, scale: 20));
        double[] errors = [.. new[] { 0.7, 0.4, 0.2, 0.1, 0.0 }.Select(theta => Error(points, theta))];
        for (int i = 1; i < errors.Length; i++) errors[i].ShouldBeLessThan(errors[i - 1]);
        errors[0].ShouldBeLessThan(0.05);
        errors[2].ShouldBeLessThan(0.002);
        errors[^1].ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var affinities = Affinities.Compute(Clouds.Draw(400, 6, 3, 1, seed: 8), 10, allPairs: false, threads: 1);
        var descent = Descent(affinities, 0.5, Places(400, seed: 9, scale: 1e-4));
        Allocations.Least(() => descent.Step(early: true)).ShouldBe(0);
    }

    /// <summary>The mean error of the forces, relative to their mean length.</summary>
    private static double Error(Point[] points, double theta)
    {
        var tree = new Quadtree(points.Length, theta);
        tree.Build(points);
        var (error, length) = (0.0, 0.0);
        for (int k = 0; k < points.Length; k++)
        {
            tree.Repel(k, out var force, out _);
            var expected = Naive(points, tree.Order[k]).Force;
            error += Math.Sqrt((force - expected).SquaredLength);
            length += Math.Sqrt(expected.SquaredLength);
        }
        return error / length;
    }

    private static (Point Force, double Weight) Naive(Point[] points, int i)
    {
        var (force, weight) = (default(Point), 0.0);
        for (int j = 0; j < points.Length; j++)
        {
            if (j == i) continue;
            double w = 1 / (1 + (points[i] - points[j]).SquaredLength);
            weight += w;
            force += w * w * (points[i] - points[j]);
        }
        return (force, weight);
    }

    private static TSneDescent Descent(Affinities affinities, double theta, double[] places) => new(affinities, theta, new TSneOptions { Seed = 1 }, places);

    private static Point[] Points(double[] places) => [.. places.Chunk(2).Select(pair => new Point(pair[0], pair[1]))];

    private static double[] Places(int count, int seed, double scale)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * count).Select(_ => scale * Clouds.Normal(random))];
    }
}
