using System.Globalization;
using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Joint;
using Mingling.MetricLearning.Losses;
using Mingling.MetricLearning.Miners;
using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tests.Support;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Joint;

public sealed class LossCatalogTests
{
    private static readonly LossContext Context = new(12, 8, Shots: 5);

    [Fact]
    public void Ends_of_every_range_are_accepted_by_the_constructors()
    {
        foreach (string loss in Expressions.Catalog.Names)
        {
            foreach (var parameter in Expressions.Catalog.Parameters(loss))
            {
                if (parameter.Range is not { } range) continue;
                foreach (double end in new[] { range.Least, range.Most }.Where(double.IsFinite))
                {
                    string text = string.Create(CultureInfo.InvariantCulture, $"{loss}({parameter.Name}: {end})");
                    if (range.Contains(end)) LossExpression.Parse(text).Build(Context).Dispose();
                    else Should.Throw<LossExpressionException>(() => LossExpression.Parse(text), text);
                }
            }
        }
    }

    [Fact]
    public void Default_of_every_number_lies_in_its_range()
    {
        foreach (var parameter in Expressions.Catalog.Names.SelectMany(Expressions.Catalog.Parameters))
            if (parameter.Range is { } range && double.TryParse(parameter.Default, CultureInfo.InvariantCulture, out double number))
                range.Contains(number).ShouldBeTrue(parameter.ToString());
    }

    [Theory]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, false, "")]
    [InlineData(0, double.PositiveInfinity, true, "greater than 0")]
    [InlineData(2, double.PositiveInfinity, false, "of at least 2")]
    [InlineData(double.NegativeInfinity, 3, false, "of at most 3")]
    [InlineData(0, 80, true, "greater than 0 and at most 80")]
    [InlineData(0, 0.5, false, "between 0 and 0.5")]
    public void Range_says_what_it_contains(double least, double most, bool excluded, string expected)
    {
        var range = new ParameterRange(least, most, excluded);
        range.ToString().ShouldBe(expected);
        if (double.IsFinite(least)) (range.Contains(least), range.Contains(least - 1)).ShouldBe((!excluded, false));
        if (double.IsFinite(most)) (range.Contains(most), range.Contains(most + 1)).ShouldBe((true, false));
        range.Contains(double.NaN).ShouldBeFalse();
        range.Contains(double.PositiveInfinity).ShouldBeFalse();
    }

    [Fact]
    public void Losses_miners_and_measures_of_a_user_go_together_with_those_of_the_library()
    {
        var catalog = new LossCatalog();
        catalog.Add("length", a =>
        {
            double target = a.Number("target", 1, ParameterRange.Positive);
            return _ => new LengthLoss(target);
        }, anyDimension: true);
        catalog.AddPairLoss("gap", a =>
        {
            var miner = a.PairMiner();
            return context => new GapLoss(miner(context));
        });
        catalog.AddPairMiner("everything", _ => _ => new EveryPairMiner());
        catalog.AddTripletMiner("first", _ => _ => new FirstNegativeMiner());
        catalog.AddDistance("city-block", a => new LpDistance(1, a.Flag("normalize", false)));
        catalog.AddSimilarity("halved", _ => new HalvedCosine());

        using var scope = NewDisposeScope();
        var (rows, labels) = Batches.Episodes(dtype: ScalarType.Float32);
        var expression = LossExpression.Parse(
            "softmax + length(target: 2) + gap(mining: everything) + memory(loss: gap) + filter(loss: length) + filter(loss: gap)"
            + " + triplet(mining: first, measure: city-block(normalize: true)) + multi-similarity(similarity: halved) + margin(distance: city-block)", catalog);
        using var joint = expression.Build(Expressions.Context);
        using var report = joint.Evaluate(rows, labels);
        double.IsFinite(report.Total.to(ScalarType.Float64).item<double>()).ShouldBeTrue();
        report.Values()["length"].ShouldBeGreaterThan(0);

        Should.Throw<LossExpressionException>(() => LossExpression.Parse("length(target: 0)", catalog)).Column.ShouldBe(16);
        Should.Throw<LossExpressionException>(() => LossExpression.Parse("lenght", catalog)).Message.ShouldContain("did you mean 'length'?");
        Should.Throw<LossExpressionException>(() => LossExpression.Parse("length")).Message.ShouldContain("there is no loss 'length'");
        catalog.Parameters("length").ShouldBe([new LossParameter("target", "a number greater than 0", "1", ParameterRange.Positive)]);
    }

    [Fact]
    public void Added_loss_replaces_one_of_its_name()
    {
        var catalog = new LossCatalog();
        catalog.Add("contrastive", _ => _ => new LengthLoss(1));
        using var joint = LossExpression.Parse("contrastive", catalog).Build(Context);
        joint.Parts.Single().Loss.ShouldBeOfType<LengthLoss>();
        catalog.Names.Count(name => name == "contrastive").ShouldBe(1);
        Should.Throw<LossExpressionException>(() => LossExpression.Parse("memory(loss: contrastive)", catalog)).Message.ShouldContain("no pair loss");
    }

    [Fact]
    public void Expression_of_unknown_names_is_checked_where_its_catalog_is_at_hand()
    {
        var catalog = new LossCatalog();
        catalog.Add("length", _ => _ => new LengthLoss(1));
        var read = LossExpression.ParseGrammar("softmax + length");
        Should.Throw<LossExpressionException>(() => read.Build(Context).Dispose()).Message.ShouldContain("there is no loss 'length'");
        using var joint = read.Check(catalog).Build(Context);
        joint.Parts.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3d")]
    [InlineData("two words")]
    [InlineData("a:b")]
    public void Name_that_an_expression_cannot_write_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => new LossCatalog().Add(name, _ => _ => new LengthLoss(1)));

    /// <summary>A loss as somebody outside the library writes it.</summary>
    private sealed class LengthLoss(double target) : EmbeddingLoss(nameof(LengthLoss), Reduction.Mean)
    {
        protected override Tensor Compute(LossBatch batch) => Reduce(LossTerms.PerSample((batch.Embeddings.norm(1, keepdim: false, p: 2f) - target).square()), batch);
    }

    private sealed class GapLoss(PairMiner? miner) : PairLoss(nameof(GapLoss), Reduction.Mean, miner)
    {
        protected override Tensor ComputePairs(LossBatch batch, PairView pairs) => Reduce(LossTerms.PerPair(pairs.Score(new CosineSimilarity()), pairs.Negatives), batch);
    }

    private sealed class EveryPairMiner : PairMiner
    {
        protected override (Tensor Positives, Tensor Negatives) Masks(PairView pairs) => (pairs.Positives, pairs.Negatives);
    }

    private sealed class FirstNegativeMiner : SelectingMiner
    {
        protected override TripletSelection Choose(TripletView view)
        {
            var (positives, filled) = view.Slots;
            var negative = view.Pairs.Negatives.to(ScalarType.Int64).argmax(1, keepdim: true).expand(positives.shape);
            return new TripletSelection(positives, negative, filled.logical_and(view.Pairs.Negatives.any(1, keepdim: true)));
        }
    }

    private sealed class HalvedCosine : Similarity
    {
        private readonly CosineSimilarity _cosine = new();

        protected override Tensor Matrix(Tensor first, Tensor second) => _cosine.Between(first, second) * 0.5;

        protected override Tensor Rows(Tensor first, Tensor second) => _cosine.Rowwise(first, second) * 0.5;
    }
}
