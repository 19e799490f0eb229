using CsCheck;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>The pair losses that avoid a pairs × negatives matrix, against plain loops.</summary>
public sealed class PairTwinTests
{
    private const int Samples = 60;

    [Fact]
    public void NtXent_matches_the_loop() => AgreeOverPairs(
        new NtXentLoss(0.3),
        c => p => n => Math.Log(1 + n.Sum(x => Math.Exp((c.Cosine(c.A, x) - c.Cosine(c.A, p)) / 0.3))));

    [Fact]
    public void Tuplet_margin_matches_the_loop() => AgreeOverPairs(
        new TupletMarginLoss(10, 4),
        c => p => n => Math.Log(1 + n.Sum(x => Math.Exp(4 * (c.Cosine(c.A, x) - Math.Cos(Math.Acos(Math.Clamp(c.Cosine(c.A, p), -1, 1)) - Math.PI / 18))))),
        withCopies: false); // the slope of the arc cosine is infinite at 1

    [Fact]
    public void Angular_matches_the_loop()
    {
        double t = Math.Pow(Math.Tan(40 * Math.PI / 180), 2);
        AgreeOverPairs(
            new AngularLoss(40),
            c => p => n => Math.Log(1 + n.Sum(x => Math.Exp(4 * t * (c.Cosine(c.A, x) + c.Cosine(p, x)) - 2 * (1 + t) * c.Cosine(c.A, p)))));
    }

    [Fact]
    public void Lifted_structure_matches_the_loop() => AgreeOverPairs(
        new LiftedStructureLoss(1, 0, new EuclideanDistance(normalize: false)),
        c => p => n => Math.Pow(Math.Max(0, Math.Log(n.Sum(x => Math.Exp(1 - c.Distance(c.A, x)) + Math.Exp(1 - c.Distance(p, x)))) + c.Distance(c.A, p)), 2) / 2);

    [Fact]
    public void Snr_distance_matches_the_variances() => RandomBatch.Any.Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            var rows = batch.Embeddings().detach();
            var snr = new SignalToNoiseDistance(normalize: false);
            var between = snr.Between(rows, rows);
            for (int i = 0; i < batch.Labels.Length; i++)
            {
                for (int j = 0; j < batch.Labels.Length; j++)
                {
                    double[] noise = batch.Rows[i].Zip(batch.Rows[j], (x, y) => x - y).ToArray();
                    between[i, j].item<double>().ShouldBe(Variance(noise) / Variance(batch.Rows[i]), 1e-9);
                }
            }
        },
        iter: Samples);

    [Theory]
    [InlineData(PnpVariant.Original)]
    [InlineData(PnpVariant.DecreasingSlow)]
    [InlineData(PnpVariant.DecreasingQuick)]
    [InlineData(PnpVariant.IncreasingUnbounded)]
    [InlineData(PnpVariant.IncreasingBounded)]
    public void Pnp_matches_the_loop(PnpVariant variant) => RandomBatch.Any.Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            using var loss = new PnpLoss(variant, 0.1, alpha: 1.5, bound: 2);
            double expected = Enumerable.Range(0, batch.Labels.Length).Average(a =>
            {
                var c = new Anchor(batch, a);
                return Enumerable.Range(0, batch.Labels.Length).Where(p => batch.Labels[p] == batch.Labels[a])
                    .Average(p => Weigh(variant, c.Negatives.Sum(n => 1 / (1 + Math.Exp((c.Cosine(a, p) - c.Cosine(a, n)) / 0.1)))));
            });
            loss.call(batch.Embeddings(), batch.LabelTensor()).ShouldBeNear(expected, 1e-10, "PNP");
        },
        iter: Samples);

    private static double Weigh(PnpVariant variant, double rank) => variant switch
    {
        PnpVariant.Original => rank,
        PnpVariant.DecreasingSlow => Math.Log(1 + rank),
        PnpVariant.DecreasingQuick => 1 - Math.Pow(1 + rank, -1.5),
        PnpVariant.IncreasingUnbounded => (1 + rank) * Math.Log(1 + rank),
        _ => (2 * rank - Math.Log(1 + 2 * rank)) / 4,
    };

    private static void AgreeOverPairs(PairLoss loss, Func<Anchor, Func<int, Func<IEnumerable<int>, double>>> term, bool withCopies = true)
    {
        using (loss)
        {
            (withCopies ? RandomBatch.Any : RandomBatch.WithoutCopies).Sample(
                batch =>
                {
                    using var scope = NewDisposeScope();
                    var terms = new List<double>();
                    for (int a = 0; a < batch.Labels.Length; a++)
                    {
                        var anchor = new Anchor(batch, a);
                        if (anchor.Negatives.Length == 0) continue;
                        terms.AddRange(anchor.Positives.Select(p => term(anchor)(p)(anchor.Negatives)));
                    }
                    var value = loss.call(batch.Embeddings(), batch.LabelTensor());
                    value.ShouldBeNear(terms.Count == 0 ? 0 : terms.Average(), 1e-10, loss.GetName());
                    if (terms.Count == 0) value.item<double>().ShouldBe(0);
                },
                iter: Samples);
        }
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    private sealed record Anchor(RandomBatch Batch, int A)
    {
        public int[] Positives => [.. Enumerable.Range(0, Batch.Labels.Length).Where(i => i != A && Batch.Labels[i] == Batch.Labels[A])];

        public int[] Negatives => [.. Enumerable.Range(0, Batch.Labels.Length).Where(i => Batch.Labels[i] != Batch.Labels[A])];

        public double Cosine(int i, int j) => Dot(i, j) / Math.Sqrt(Dot(i, i) * Dot(j, j));

        public double Distance(int i, int j) => Math.Sqrt(Batch.Rows[i].Zip(Batch.Rows[j], (x, y) => (x - y) * (x - y)).Sum());

        private double Dot(int i, int j) => Batch.Rows[i].Zip(Batch.Rows[j], (x, y) => x * y).Sum();
    }
}
