using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

public sealed class EpisodeLossTests
{
    private const int Classes = 4;

    [Fact]
    public void Prototypical_loss_matches_the_loop()
    {
        using var scope = NewDisposeScope();
        double[][][] rows = Episodes(out var episodes);
        using var loss = new PrototypicalLoss(3, queries: 1);
        double SquaredDistance(int query, int prototype) => Enumerable.Range(0, Batches.Dimension)
            .Sum(d => Math.Pow(rows[query][2][d] - (rows[prototype][0][d] + rows[prototype][1][d]) / 2, 2));
        double expected = Enumerable.Range(0, Classes)
            .Average(c => SquaredDistance(c, c) + Math.Log(Enumerable.Range(0, Classes).Sum(k => Math.Exp(-SquaredDistance(c, k)))));
        loss.OfEpisodes(episodes).ShouldBeNear(expected, 1e-10, "prototypical");
    }

    [Fact]
    public void Angular_prototypical_loss_matches_the_loop()
    {
        using var scope = NewDisposeScope();
        double[][][] rows = Episodes(out var episodes);
        using var loss = new AngularPrototypicalLoss(3);
        loss.to(ScalarType.Float64);
        double Logit(int query, int k) => 10 * Cosine(rows[query][0], Sum(rows[k][1], rows[k][2])) - 5;
        double expected = Enumerable.Range(0, Classes).Average(c => Math.Log(Enumerable.Range(0, Classes).Sum(k => Math.Exp(Logit(c, k)))) - Logit(c, c));
        loss.OfEpisodes(episodes).ShouldBeNear(expected, 1e-10, "angular prototypical");
    }

    [Theory]
    [InlineData(Ge2eForm.Softmax)]
    [InlineData(Ge2eForm.Contrast)]
    public void Ge2e_loss_matches_the_loop(Ge2eForm form)
    {
        using var scope = NewDisposeScope();
        double[][][] rows = Episodes(out var episodes);
        using var loss = new Ge2eLoss(3, form);
        loss.to(ScalarType.Float64);
        double Score(int c, int shot, int k) =>
            10 * Cosine(rows[c][shot], Enumerable.Range(0, 3).Where(other => k != c || other != shot).Select(other => rows[k][other]).Aggregate(Sum)) - 5;
        double Term(int c, int shot)
        {
            double[] scores = Enumerable.Range(0, Classes).Select(k => Score(c, shot, k)).ToArray();
            if (form == Ge2eForm.Softmax) return Math.Log(scores.Sum(Math.Exp)) - scores[c];
            return 1 - Sigmoid(scores[c]) + scores.Where((_, k) => k != c).Max(Sigmoid);
        }
        double expected = (from c in Enumerable.Range(0, Classes) from shot in Enumerable.Range(0, 3) select Term(c, shot)).Average();
        loss.OfEpisodes(episodes).ShouldBeNear(expected, 1e-10, "GE2E");
    }

    [Fact]
    public void Batch_in_any_order_is_sorted_into_episodes()
    {
        using var scope = NewDisposeScope();
        var (rows, labels) = Batches.Episodes();
        var order = labels.sort(0, stable: true).Indices;
        using var loss = new PrototypicalLoss(3);
        loss.call(rows, labels).ShouldBeNear(loss.OfEpisodes(rows.index_select(0, order).view(Classes, 3, -1)), 1e-12, "order");
    }

    [Theory]
    [InlineData(0L, 0L, 0L, 1L, 1L, 2L)]
    [InlineData(0L, 0L, 0L, 0L, 0L, 0L)]
    public void Batch_with_unequal_classes_is_refused(params long[] labels)
    {
        using var scope = NewDisposeScope();
        var (rows, classes) = Batches.Random(labels);
        using var loss = new PrototypicalLoss(3);
        Should.Throw<ArgumentException>(() => loss.call(rows, classes)).Message.ShouldContain("exactly 3 samples");
    }

    private static double[][][] Episodes(out Tensor episodes)
    {
        var (rows, _) = Batches.Random([.. Enumerable.Repeat(0L, Classes * 3)]);
        episodes = rows.view(Classes, 3, Batches.Dimension);
        double[][] values = rows.data<double>().ToArray().Chunk(Batches.Dimension).ToArray();
        return [.. values.Chunk(3)];
    }

    private static double[] Sum(double[] first, double[] second) => [.. first.Zip(second, (x, y) => x + y)];

    private static double Cosine(double[] first, double[] second)
    {
        double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
        return Dot(first, second) / Math.Sqrt(Dot(first, first) * Dot(second, second));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
