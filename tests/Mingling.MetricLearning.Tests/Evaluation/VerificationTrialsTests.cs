using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class VerificationTrialsTests
{
    [Fact]
    public void All_pairs_are_scored_once_when_there_is_room() =>
        EmbeddingGenerators.Sets().Sample(set =>
        {
            var pairs = (from i in Enumerable.Range(0, set.Count)
                         from j in Enumerable.Range(i + 1, set.Count - i - 1)
                         select (Same: set.LabelOf(i) == set.LabelOf(j), Score: -Math.Sqrt(set.SquaredDistance(i, j)))).ToArray();
            var trials = VerificationTrials.FromEmbeddings(set, seed: 1);
            trials.TargetScores.ToArray().ShouldBe(pairs.Where(p => p.Same).Select(p => p.Score), 1e-12);
            trials.OtherScores.ToArray().ShouldBe(pairs.Where(p => !p.Same).Select(p => p.Score), 1e-12);
        });

    [Fact]
    public void Sample_has_the_wanted_size_no_repetition_and_hangs_on_the_seed()
    {
        // Powers of two: every pair has another distance.
        double[] values = Enumerable.Range(0, 20).Select(i => Math.Pow(2, i)).ToArray();
        var set = new EmbeddingSet<double>(values, 1, Enumerable.Range(0, 20).Select(i => i % 2).ToArray());
        var trials = VerificationTrials.FromEmbeddings(set, seed: 5, maxTargets: 30, maxOthers: 40);
        trials.TargetScores.ToArray().Distinct().Count().ShouldBe(30);
        trials.OtherScores.ToArray().Distinct().Count().ShouldBe(40);
        VerificationTrials.FromEmbeddings(set, 5, 30, 40).TargetScores.ToArray().ShouldBe(trials.TargetScores.ToArray());
        VerificationTrials.FromEmbeddings(set, 6, 30, 40).TargetScores.ToArray().ShouldNotBe(trials.TargetScores.ToArray());
    }

    [Fact]
    public void Sample_takes_every_pair_equally_often()
    {
        double[] values = Enumerable.Range(0, 5).Select(i => Math.Pow(2, i)).ToArray();
        var set = new EmbeddingSet<double>(values, 1, new int[5]);
        var counts = new Dictionary<double, int>();
        for (int seed = 0; seed < 3000; seed++)
        {
            foreach (double score in VerificationTrials.FromEmbeddings(set, seed, maxTargets: 4).TargetScores.ToArray())
                counts[score] = counts.GetValueOrDefault(score) + 1;
        }
        // Each of the 10 pairs is taken with probability 0.4: 1200 times, deviation 27.
        counts.Count.ShouldBe(10);
        counts.Values.ShouldAllBe(n => Math.Abs(n - 1200) < 150);
    }
}
