using Mingling.MetricLearning.Evaluation;
using Mingling.MetricLearning.Projection;
using Mingling.MetricLearning.Tests.Evaluation;

namespace Mingling.MetricLearning.Tests.Projection;

public class TSneTests
{
    private static readonly TSneOptions Seeded = new() { Seed = 1 };

    [Fact]
    public void Separated_clusters_stay_separated_and_neighbors_stay_near()
    {
        var set = Clouds.Draw(400, 16, 8, 0.25, seed: 10);
        var layout = TSne.Embed(set, Seeded);
        NearestNeighborAccuracy.LeaveOneOut(InPlane(layout, set), 5).Share!.Value.ShouldBe(1);
        Clouds.Trustworthiness(set, layout.Places, 12).ShouldBeGreaterThan(0.97);
        layout.Divergence.ShouldBeLessThan(1.5);
    }

    [Fact]
    public void Tree_lays_out_as_well_as_all_pairs()
    {
        var set = Clouds.Draw(300, 8, 6, 0.6, seed: 11);
        var exact = TSne.Embed(set, Seeded with { Theta = 0 });
        var tree = TSne.Embed(set, Seeded);
        Clouds.Trustworthiness(set, tree.Places, 12).ShouldBe(Clouds.Trustworthiness(set, exact.Places, 12), 0.02);
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_for_any_number_of_threads()
    {
        var set = Clouds.Draw(500, 8, 5, 0.5, seed: 12);
        var few = Seeded with { Iterations = 120, EarlyIterations = 60 };
        double[] once = TSne.Embed(set, few).Places.ToArray();
        TSne.Embed(set, few with { Threads = 3 }).Places.ToArray().ShouldBe(once);
        TSne.Embed(set, few with { Seed = 2 }).Places.ToArray().ShouldNotBe(once);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(20)]
    public void Few_embeddings_lower_the_perplexity_and_get_a_place_each(int count)
    {
        var layout = TSne.Embed(Clouds.Draw(count, 4, 2, 1, seed: 13), Seeded);
        layout.Places.Length.ShouldBe(2 * count);
        layout.Places.ToArray().ShouldAllBe(v => double.IsFinite(v) && Math.Abs(v) < 1e4);
        layout.Perplexity.ShouldBeLessThanOrEqualTo(Math.Max(1, count / 3.0));
    }

    [Fact]
    public void Equal_embeddings_and_duplicates_stay_finite_and_near()
    {
        var equal = new EmbeddingSet<double>(Enumerable.Repeat(3.5, 300 * 4).ToArray(), 4, new int[300]);
        TSne.Embed(equal, Seeded).Places.ToArray().ShouldAllBe(v => double.IsFinite(v));
        double[] parted = TSne.Embed(equal, Seeded with { Theta = 0 }).Places.ToArray();
        parted.Chunk(2).Select(pair => (pair[0], pair[1])).Distinct().Count().ShouldBe(300);

        var cloud = Clouds.Draw(100, 4, 2, 1, seed: 14);
        var tripled = new EmbeddingSet<double>((double[])[.. cloud.Values, .. cloud.Values, .. cloud.Values], 4, new int[300]);
        double[] layout = TSne.Embed(tripled, Seeded).Places.ToArray();
        layout.ShouldAllBe(v => double.IsFinite(v));
        double Apart(int i, int j) => Math.Sqrt(Math.Pow(layout[2 * i] - layout[2 * j], 2) + Math.Pow(layout[2 * i + 1] - layout[2 * j + 1], 2));
        Enumerable.Range(0, 100).Average(i => Apart(i, i + 100)).ShouldBeLessThan(0.3 * Enumerable.Range(0, 99).Average(i => Apart(i, i + 1)));
    }

    [Fact]
    public void Constant_and_single_dimensions_change_nothing()
    {
        var set = Clouds.Draw(200, 4, 4, 0.2, seed: 15);
        double[] padded = Enumerable.Range(0, 200).SelectMany(i => (double[])[.. set.Row(i), 7, 7]).ToArray();
        double? plain = NearestNeighborAccuracy.LeaveOneOut(InPlane(TSne.Embed(set, Seeded), set), 5).Share;
        var constant = new EmbeddingSet<double>(padded, 6, set.Labels().ToArray());
        NearestNeighborAccuracy.LeaveOneOut(InPlane(TSne.Embed(constant, Seeded), set), 5).Share.ShouldBe(plain);

        var line = new EmbeddingSet<double>(Enumerable.Range(0, 90).Select(i => (double)i).ToArray(), 1, new int[90]);
        Clouds.Trustworthiness(line, TSne.Embed(line, Seeded with { Perplexity = 10 }).Places, 5).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_refused_in_one_sentence() =>
        Should.Throw<ArgumentException>(() => TSne.Embed(new EmbeddingSet<float>(new[] { 1f, float.NaN }, 1, new[] { 0, 1 }), Seeded))
            .Message.ShouldContain("Row 1 of the embeddings holds NaN, but values must be finite");

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var set = Clouds.Draw(5, 2, 2, 1, seed: 16);
        Should.Throw<ArgumentOutOfRangeException>(() => TSne.Embed(set, Seeded with { Perplexity = 0.5 })).Message.ShouldContain("at least 1");
        Should.Throw<ArgumentOutOfRangeException>(() => TSne.Embed(set, Seeded with { Theta = double.NaN })).Message.ShouldContain("from 0 to 0.7");
        Should.Throw<ArgumentOutOfRangeException>(() => TSne.Embed(set, Seeded with { LearningRate = -1 })).Message.ShouldContain("above 0");
    }

    [Fact]
    public void Progress_is_told_and_cancellation_ends_the_work()
    {
        var set = Clouds.Draw(60, 4, 3, 1, seed: 17);
        using var source = new CancellationTokenSource();
        var steps = new List<TSneProgress>();
        var progress = new Told(step =>
        {
            steps.Add(step);
            if (step.Iteration == 100) source.Cancel();
        });
        Should.Throw<OperationCanceledException>(() => TSne.Embed(set, Seeded, progress, source.Token));
        steps.Select(step => step.Iteration).ShouldBe([50, 100]);
        steps.ShouldAllBe(step => step.Iterations == 750 && double.IsFinite(step.Divergence));
    }

    private static EmbeddingSet<double> InPlane(TSneLayout layout, EmbeddingSet<double> set) => new(layout.Places, 2, set.Labels());

    private sealed class Told(Action<TSneProgress> tell) : IProgress<TSneProgress>
    {
        public void Report(TSneProgress value) => tell(value);
    }
}
