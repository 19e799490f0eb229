using CsCheck;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Losses;

/// <summary>The counted, blocked and selected triplet losses against a list of all triplets.</summary>
public sealed class TripletTwinTests
{
    private const int Samples = 40;

    private static readonly (TripletHardness? Hardness, double Lower, double Upper)[] Bands =
    [
        (null, double.NegativeInfinity, double.PositiveInfinity),
        (TripletHardness.All, double.NegativeInfinity, 0.31),
        (TripletHardness.Hard, double.NegativeInfinity, 0),
        (TripletHardness.SemiHard, 0, 0.31),
        (TripletHardness.Easy, 0.31, double.PositiveInfinity),
    ];

    public static TheoryData<TripletForm, bool, ReductionKind> Forms()
    {
        var data = new TheoryData<TripletForm, bool, ReductionKind>();
        foreach (var form in Enum.GetValues<TripletForm>())
        {
            foreach (bool swap in new[] { false, true })
            {
                data.Add(form, swap, ReductionKind.Mean);
                data.Add(form, swap, ReductionKind.MeanActive);
                data.Add(form, swap, ReductionKind.Sum);
            }
        }
        return data;
    }

    [Theory, MemberData(nameof(Forms))]
    public void All_triplets_match_the_list(TripletForm form, bool swap, ReductionKind kind) => (swap ? RandomBatch.WithoutCopies : RandomBatch.Any).Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            foreach (double margin in new[] { 0.0, 0.37, 5 })
            {
                using var loss = new TripletLoss(margin, new EuclideanDistance(normalize: false), form: form, swap: swap, reduction: FromKind(kind));
                Agree(batch, loss, (rows, triplets) => Naive(NaiveDistances.Euclidean(rows), triplets, margin, form, swap, kind), batch.Triplets().ToList());
            }
        },
        iter: Samples);

    [Fact]
    public void Bands_match_the_list() => RandomBatch.Any.Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            var distance = NaiveDistances.Squared(batch.Embeddings().detach());
            foreach (var (hardness, lower, upper) in Bands)
            {
                foreach (double margin in new[] { 0.31, 0.8, 0.1 })
                {
                    var chosen = batch.Triplets().Where(t => Gap(distance, t) is var gap && gap > lower && gap <= upper).ToList();
                    if (batch.Triplets().Any(t => Math.Abs(Gap(distance, t) - lower) < 1e-9 || Math.Abs(Gap(distance, t) - upper) < 1e-9)) continue; // a tie is a matter of rounding
                    TripletMiner miner = hardness is { } h ? new TripletMarginMiner(h, 0.31) : new AllTripletsMiner();
                    using var loss = new TripletLoss(margin, new SquaredEuclideanDistance(normalize: false), miner, reduction: Reduction.Mean);
                    Agree(batch, loss, (rows, triplets) => Naive(NaiveDistances.Squared(rows), triplets, margin, TripletForm.Hinge, false, ReductionKind.Mean), chosen);
                }
            }
        },
        iter: Samples);

    [Theory, InlineData(false), InlineData(true)]
    public void Cosine_and_weights_match_the_list(bool swap) => (swap ? RandomBatch.WithoutCopies : RandomBatch.Any).Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            var weights = arange(1, batch.Labels.Length + 1, ScalarType.Float64);
            double[] classWeights = Enumerable.Range(0, batch.Labels.Length).Select(i => 0.5 + i).ToArray();
            using var loss = new TripletLoss(0.2, new CosineSimilarity(), swap: swap, reduction: Reduction.Mean.WithClassWeights(classWeights));
            var embeddings = batch.Embeddings();
            var twin = batch.Embeddings();
            var rows = NaiveDistances.Normalized(twin);
            var cost = -mm(rows, rows.t());
            var (sum, total) = (twin.sum() * 0, 0.0);
            foreach (var (a, p, n) in batch.Triplets())
            {
                double weight = (a + 1) * classWeights[batch.Labels[a]];
                sum = sum + (cost[a, p] - ToNegative(cost, (a, p, n), swap) + 0.2).clamp_min(0) * weight;
                total += weight;
            }
            var expected = total == 0 ? sum : sum / total;
            var value = loss.forward(embeddings, batch.LabelTensor(), weights);
            Compare(embeddings, value, twin, expected);
        },
        iter: Samples);

    [Fact]
    public void Selected_triplets_match_the_rules() => RandomBatch.Any.Sample(
        batch =>
        {
            using var scope = NewDisposeScope();
            var labels = batch.LabelTensor();
            var embeddings = batch.Embeddings().detach();
            var measure = new SquaredEuclideanDistance(normalize: false);
            var distance = NaiveDistances.Squared(embeddings);
            if (Distinct(batch, distance) is false) return; // of equals either may be chosen
            var all = batch.Triplets().ToList();
            bool Violates((int, int, int) t) => Gap(distance, t) < 0.5;
            var nearest = all.GroupBy(t => (t.Anchor, t.Positive)).Select(g => g.MinBy(t => Gap(distance, t)));
            var semiHard = all.Where(t => Gap(distance, t) > 0 && Violates(t)).GroupBy(t => (t.Anchor, t.Positive)).Select(g => g.MinBy(t => Gap(distance, t)));
            var hard = all.GroupBy(t => t.Anchor).Select(g => g.MinBy(t => Gap(distance, t)));
            Found(new HardestNegativeMiner()).ShouldBe(nearest.Order());
            Found(new SemiHardMiner()).ShouldBe(semiHard.Order());
            Found(new BatchHardMiner()).ShouldBe(hard.Order());
            var violating = Found(new RandomViolatingMiner(seed: 3));
            violating.All(Violates).ShouldBeTrue();
            violating.Select(t => (t.Item1, t.Item2)).ShouldBe(all.Where(t => Violates(t)).Select(t => (t.Anchor, t.Positive)).Distinct().Order());
            var randomSemiHard = Found(new SemiHardMiner(seed: 3));
            randomSemiHard.All(t => Gap(distance, t) > 0 && Violates(t)).ShouldBeTrue();
            randomSemiHard.Count.ShouldBe(semiHard.Count());

            List<(int, int, int)> Found(TripletMiner miner) =>
                [.. miner.Mine(embeddings, labels, measure, 0.5).Select(t => ((int)t.Anchor, (int)t.Positive, (int)t.Negative)).Order()];
        },
        iter: Samples);

    private static bool Distinct(RandomBatch batch, Tensor distance)
    {
        var values = batch.Triplets().SelectMany(t => new[] { (t.Anchor, Other: t.Positive), (t.Anchor, Other: t.Negative) }).Distinct()
            .Select(pair => (pair.Anchor, Math.Round(distance[pair.Anchor, pair.Other].item<double>(), 9))).ToList();
        return values.Distinct().Count() == values.Count;
    }

    private static double Gap(Tensor distance, (int Anchor, int Positive, int Negative) t) =>
        (distance[t.Anchor, t.Negative] - distance[t.Anchor, t.Positive]).item<double>();

    private static void Agree(
        RandomBatch batch, TripletLoss loss, Func<Tensor, List<(int, int, int)>, Tensor> naive, List<(int, int, int)> triplets)
    {
        var embeddings = batch.Embeddings();
        var twin = batch.Embeddings();
        Compare(embeddings, loss.call(embeddings, batch.LabelTensor()), twin, naive(twin, triplets));
    }

    private static void Compare(Tensor embeddings, Tensor value, Tensor twin, Tensor expected)
    {
        value.backward();
        expected.backward();
        value.ShouldBeNear(expected, 1e-10, "value");
        (embeddings.grad ?? zeros_like(embeddings)).ShouldBeNear(twin.grad ?? zeros_like(twin), 1e-9, "gradient");
    }

    private static Tensor Naive(Tensor distance, List<(int Anchor, int Positive, int Negative)> triplets, double margin, TripletForm form, bool swap, ReductionKind kind)
    {
        var sum = distance.sum() * 0;
        int active = 0;
        foreach (var (a, p, n) in triplets)
        {
            var excess = distance[a, p] - ToNegative(distance, (a, p, n), swap) + margin;
            var term = form == TripletForm.Hinge ? excess.clamp_min(0) : (excess.exp() + 1).log();
            if (term.item<double>() > 0) active++;
            sum = sum + term;
        }
        int divisor = kind switch { ReductionKind.Mean => triplets.Count, ReductionKind.MeanActive => active, _ => 1 };
        return sum / Math.Max(1, divisor);
    }

    private static Tensor ToNegative(Tensor distance, (int Anchor, int Positive, int Negative) t, bool swap)
    {
        var (ofAnchor, ofPositive) = (distance[t.Anchor, t.Negative], distance[t.Positive, t.Negative]);
        return swap && (ofPositive < ofAnchor).item<bool>() ? ofPositive : ofAnchor;
    }

    private static Reduction FromKind(ReductionKind kind) => kind switch
    {
        ReductionKind.Mean => Reduction.Mean,
        ReductionKind.MeanActive => Reduction.MeanActive,
        _ => Reduction.Sum,
    };
}
