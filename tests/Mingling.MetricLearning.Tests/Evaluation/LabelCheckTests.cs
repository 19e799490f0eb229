using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class LabelCheckTests
{
    private const int Classes = 4, Rows = 20, Dimension = 8, Neighbors = 10;

    [Fact]
    public void Planted_labels_are_found_with_the_right_ones_and_no_others() => Gen.Int.Sample(seed =>
    {
        var (set, truth) = Planted(seed);
        var verdicts = LabelCheck.Judge(set);
        for (int row = 0; row < set.Count; row++)
        {
            verdicts[row].IsSuspect.ShouldBe(set.LabelOf(row) != truth[row], $"row {row} of seed {seed}");
            if (verdicts[row].IsSuspect) verdicts[row].Likely.ShouldBe(truth[row]);
        }
    }, iter: 30);

    [Fact]
    public void Classifier_that_believes_the_wrong_labels_is_outvoted() => Gen.Int.Sample(seed =>
    {
        var (set, truth) = Planted(seed);
        float[] posteriors = new float[set.Count * Classes];
        for (int i = 0; i < posteriors.Length; i++) posteriors[i] = set.LabelOf(i / Classes) == i % Classes ? 0.97f : 0.01f;
        var verdicts = LabelCheck.Judge(set, posteriors);
        Enumerable.Range(0, set.Count).ShouldAllBe(row => verdicts[row].IsSuspect == (set.LabelOf(row) != truth[row]));
    }, iter: 10);

    [Fact]
    public void Classifier_decides_where_embeddings_say_nothing()
    {
        var set = EmbeddingGenerators.Set([[1.0], [1.0], [1.0], [1.0]], 0, 0, 2, 2);
        float[] posteriors = [0.9f, 0, 0.1f, 0.2f, 0, 0.8f, 0.3f, 0, 0.7f, 0, 0.9f, 0.1f];
        LabelCheck.Judge(set, posteriors).Select(verdict => (verdict.IsSuspect, verdict.Likely)).ShouldBe([(false, 2), (true, 2), (false, 0), (false, 0)]);
    }

    [Fact]
    public void Verdicts_are_in_range_and_do_not_depend_on_threads() =>
        Gen.Select(EmbeddingGenerators.Sets(maxCount: 120), Gen.Int[0, 5].Array[120]).Sample((set, groups) =>
        {
            ReadOnlyMemory<int> of = groups.AsMemory(0, set.Count);
            var verdicts = LabelCheck.Judge(set, groups: of);
            verdicts.Length.ShouldBe(set.Count);
            foreach (int threads in new[] { 2, 5 }) LabelCheck.Judge(set, groups: of, threads: threads).ShouldBe(verdicts);
            for (int row = 0; row < set.Count; row++)
            {
                verdicts[row].Score.ShouldBeInRange(0, 1);
                (verdicts[row].Likely == set.LabelOf(row)).ShouldBe(set.DistinctLabels.Length == 1);
                (verdicts[row].IsOutlier && verdicts[row].IsSuspect).ShouldBeFalse();
            }
        }, iter: 30);

    [Fact]
    public void Neighbors_vote_as_counted_by_hand() =>
        Gen.Select(EmbeddingGenerators.Sets(maxCount: 60), Gen.Int[-1, 4].Array[60]).Sample((set, groups) =>
        {
            double[] shares = NeighborWitness.Shares(set, groups.AsMemory(0, set.Count), threads: 1);
            long[] labels = [.. set.DistinctLabels];
            for (int row = 0; row < set.Count; row++)
            {
                int[] others = [.. Enumerable.Range(0, set.Count).Where(other => other != row && (groups[row] < 0 || groups[other] != groups[row]))];
                int[] nearest = [.. others.OrderBy(other => set.SquaredDistance(row, other)).ThenBy(other => other).Take(Neighbors)];
                bool heard = others.Count(other => set.LabelOf(other) == set.LabelOf(row)) >= Neighbors;
                for (int c = 0; c < labels.Length; c++)
                {
                    int votes = nearest.Count(other => set.LabelOf(other) == labels[c]);
                    shares[row * labels.Length + c].ShouldBe(heard ? (votes + 1.0 / labels.Length) / (Neighbors + 1) : 1.0 / labels.Length, 1e-12);
                }
            }
        });

    [Fact]
    public void Centers_are_medians_and_their_shares_fall_with_the_square_of_the_distance() =>
        EmbeddingGenerators.Sets(minCount: 1).Sample(set =>
        {
            long[] labels = [.. set.DistinctLabels];
            double[][] middles = labels.Select(label => Enumerable.Range(0, set.Dimension).Select(k => Upper([.. RowsOf(set, label).Select(row => set.Row(row)[k])])).ToArray()).ToArray();
            double Squared(int row, int c) => Enumerable.Range(0, set.Dimension).Sum(k => Math.Pow(set.Row(row)[k] - middles[c][k], 2));
            double scale = Upper([.. Enumerable.Range(0, set.Count).Select(row => Squared(row, Array.IndexOf(labels, set.LabelOf(row))))]);
            double[] shares = new CenterWitness<double>(set, threads: 1).Shares;
            for (int row = 0; row < set.Count; row++)
            {
                double[] squared = [.. labels.Select((_, c) => Squared(row, c))];
                double[] raw = [.. squared.Select(d => d == squared.Min() ? 1 : scale > 0 ? Math.Exp((squared.Min() - d) / scale) : 0)];
                for (int c = 0; c < labels.Length; c++) shares[row * labels.Length + c].ShouldBe(raw[c] / raw.Sum(), 1e-9);
            }
        });

    [Fact]
    public void Rows_of_one_speaker_are_no_witnesses_for_one_another()
    {
        // One speaker's clips of word 1 were all filed under word 0; they agree with one another, and with nobody else.
        double[][] rows = [.. Enumerable.Range(0, 52).Select(i => new[] { i < 20 ? 0.0 : i < 40 ? 10 : 10.5, 0.01 * (i % 20) })];
        int[] labels = [.. Enumerable.Range(0, 52).Select(i => i is >= 20 and < 40 ? 1 : 0)];
        int[] speakers = [.. Enumerable.Range(0, 52).Select(i => i < 40 ? i : 40)];
        var set = EmbeddingGenerators.Set(rows, labels);
        for (int row = 40; row < 52; row++)
        {
            NeighborWitness.Shares(set, default, 1)[2 * row].ShouldBeGreaterThan(0.9);
            NeighborWitness.Shares(set, speakers, 1)[2 * row].ShouldBeLessThan(0.1);
        }
        LabelCheck.Judge(set, groups: speakers).Select(verdict => verdict.IsSuspect).ShouldBe(Enumerable.Range(0, 52).Select(i => i >= 40));
    }

    [Fact]
    public void Single_class_holds_outliers_and_no_suspects()
    {
        double[][] rows = [.. Enumerable.Range(0, 21).Select(i => new[] { i < 20 ? 0.1 * (i % 5) : 9 })];
        var verdicts = LabelCheck.Judge(EmbeddingGenerators.Set(rows, new int[21]));
        verdicts.ShouldAllBe(verdict => !verdict.IsSuspect && verdict.Likely == 0 && verdict.Score == 0);
        verdicts.Select(verdict => verdict.IsOutlier).ShouldBe(Enumerable.Range(0, 21).Select(i => i == 20));
    }

    [Fact]
    public void Empty_set_has_no_verdicts() => LabelCheck.Judge(new EmbeddingSet<double>(Array.Empty<double>(), 1, ReadOnlySpan<int>.Empty)).ShouldBeEmpty();

    [Theory]
    [InlineData(5, 0, 1, "have no column")]
    [InlineData(4, 0, 2, "have no column")]
    [InlineData(4, -1, 1, "have no column")]
    public void Posteriors_without_a_column_for_each_label_are_refused(int values, int first, int second, string sentence)
    {
        var set = EmbeddingGenerators.Set([[1.0], [2.0]], first, second);
        var error = Should.Throw<ArgumentException>(() => LabelCheck.Judge(set, new float[values]));
        error.ParamName.ShouldBe("posteriors");
        error.Message.ShouldContain(sentence);
    }

    [Fact]
    public void Groups_and_threads_out_of_range_are_refused()
    {
        var set = EmbeddingGenerators.Set([[1.0], [2.0]], 0, 1);
        Should.Throw<ArgumentException>(() => LabelCheck.Judge(set, groups: new[] { 1 })).Message.ShouldContain("there are 1 for 2");
        Should.Throw<ArgumentOutOfRangeException>(() => LabelCheck.Judge(set, threads: 0));
    }

    /// <summary>Clusters far apart, in each of which two rows carry the label of another.</summary>
    private static (EmbeddingSet<double> Set, int[] Truth) Planted(int seed)
    {
        var random = new Random(seed);
        int[] truth = [.. Enumerable.Range(0, Classes * Rows).Select(i => i / Rows)];
        int[] labels = [.. truth.Select((label, i) => i % Rows < 2 ? (label + random.Next(1, Classes)) % Classes : label)];
        double[][] rows = [.. truth.Select(label => Enumerable.Range(0, Dimension).Select(k => (k == label ? 10 : 0) + 2 * random.NextDouble() - 1).ToArray())];
        return (EmbeddingGenerators.Set(rows, labels), truth);
    }

    private static IEnumerable<int> RowsOf(EmbeddingSet<double> set, long label) => Enumerable.Range(0, set.Count).Where(row => set.LabelOf(row) == label);

    /// <summary>The median; the greater of the two in the middle of an even number.</summary>
    private static double Upper(double[] values) => values.Order().ElementAt(values.Length / 2);
}
