using CsCheck;
using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Tests.Evaluation;

public class CrossValidatedAccuracyTests
{
    [Fact]
    public void Accuracy_equals_its_naive_twin() =>
        Gen.Select(Gen.Int[-4, 6].Array[6, 30], Gen.Int[-6, 4].Array[6, 30], Gen.Int[2, 6]).Sample((targets, others, folds) =>
        {
            var result = CrossValidatedAccuracy.Evaluate([.. targets.Select(t => (double)t)], [.. others.Select(o => (double)o)], folds);
            result.Folds.Count.ShouldBe(folds);
            for (int fold = 0; fold < folds; fold++)
            {
                var (learnTargets, testTargets) = Split(targets, fold, folds);
                var (learnOthers, testOthers) = Split(others, fold, folds);
                int Right(int[] same, int[] different, double threshold) => same.Count(s => s >= threshold) + different.Count(s => s < threshold);
                var candidates = learnTargets.Concat(learnOthers).Distinct().OrderDescending().Select(t => (double)t).Prepend(double.PositiveInfinity);
                double threshold = candidates.MaxBy(t => Right(learnTargets, learnOthers, t));
                result.Folds[fold].Threshold.ShouldBe(threshold);
                result.Folds[fold].Accuracy.ShouldBe(Right(testTargets, testOthers, threshold) / (double)(testTargets.Length + testOthers.Length));
            }
            double[] accuracies = result.Folds.Select(f => f.Accuracy).ToArray();
            result.Mean.ShouldBe(accuracies.Average(), 1e-15);
            result.StandardDeviation.ShouldBe(Math.Sqrt(accuracies.Sum(x => Math.Pow(x - result.Mean, 2)) / (folds - 1)), 1e-15);
        });

    [Fact]
    public void Separated_scores_are_decided_perfectly_in_every_fold()
    {
        var result = CrossValidatedAccuracy.Evaluate(Enumerable.Repeat(1.0, 20).ToArray(), Enumerable.Repeat(-1.0, 30).ToArray());
        result.Mean.ShouldBe(1);
        result.StandardDeviation.ShouldBe(0);
        result.Folds.Count.ShouldBe(10);
        result.Folds.ShouldAllBe(f => f.Threshold == 1);
    }

    [Fact]
    public void Threshold_of_a_fold_is_learned_on_the_others_alone()
    {
        // The first half would be perfect at 5, the second at 1; each is judged with the other's threshold.
        var result = CrossValidatedAccuracy.Evaluate([5, 5, 1, 1], [4, 4, 0, 0], folds: 2);
        result.Folds.Select(f => f.Threshold).ShouldBe([1, 5]);
        result.Folds.Select(f => f.Accuracy).ShouldBe([0.5, 0.5]);
    }

    [Fact]
    public void Too_few_trials_are_refused()
    {
        Should.Throw<ArgumentException>(() => CrossValidatedAccuracy.Evaluate([1, 2], [1, 2, 3], folds: 3)).Message.ShouldContain("2 and 3");
        Should.Throw<ArgumentOutOfRangeException>(() => CrossValidatedAccuracy.Evaluate([1, 2], [1, 2], folds: 1));
    }

    private static (int[] Learn, int[] Test) Split(int[] scores, int fold, int folds)
    {
        bool Tested(int index) => index >= scores.Length * fold / folds && index < scores.Length * (fold + 1) / folds;
        return (scores.Where((_, i) => !Tested(i)).ToArray(), scores.Where((_, i) => Tested(i)).ToArray());
    }
}
