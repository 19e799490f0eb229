using Mingling.Recognition.Enrollment;

namespace Mingling.Recognition.Tests.Enrollment;

public class LogisticRegressionTests
{
    /// <summary>At the minimum no step in any direction goes down, which the objective as it is written says itself.</summary>
    [Theory]
    [InlineData(3, 200, 5, 0.001)]
    [InlineData(1, 1, 2, 0.01)]
    [InlineData(40, 7, 12, 1)]
    [InlineData(5, 400, 128, 0.001)]
    public void Fit_finds_the_minimum_of_the_objective(int positive, int negative, int size, double decay)
    {
        var random = new Random(positive);
        float[][] own = Directions(random, positive, size, shift: 0.4), others = Directions(random, negative, size, shift: 0);
        double[] solution = LogisticRegression.Fit(own, others, decay);
        double least = Objective(solution, own, others, decay);
        for (int i = 0; i < solution.Length; i++)
        {
            double difference = (Objective(Moved(i, 1e-4), own, others, decay) - Objective(Moved(i, -1e-4), own, others, decay)) / 2e-4;
            difference.ShouldBe(0, 1e-7);
            Objective(Moved(i, 0.05), own, others, decay).ShouldBeGreaterThan(least);
        }

        double[] Moved(int i, double by) => [.. solution.Select((x, j) => j == i ? x + by : x)];
    }

    /// <summary>Ten times the same others are no more than once: both classes count as much as each other.</summary>
    [Fact]
    public void Fit_with_others_repeated_is_the_same()
    {
        var random = new Random(1);
        float[][] own = Directions(random, 3, 6, shift: 0.5), others = Directions(random, 20, 6, shift: 0);
        double[] once = LogisticRegression.Fit(own, others, 0.001), often = LogisticRegression.Fit(own, [.. Enumerable.Repeat(others, 10).SelectMany(x => x)], 0.001);
        for (int i = 0; i < once.Length; i++) often[i].ShouldBe(once[i], 1e-5);
    }

    private static double Objective(double[] at, float[][] own, float[][] others, double decay)
    {
        double sum = decay / 2 * at[..^1].Sum(w => w * w);
        sum += 0.5 * own.Average(x => Math.Log(1 + Math.Exp(-Logit(x)))) + 0.5 * others.Average(x => Math.Log(1 + Math.Exp(Logit(x))));
        return sum;

        double Logit(float[] x) => at[^1] + x.Select((value, i) => at[i] * value).Sum();
    }

    private static float[][] Directions(Random random, int count, int size, double shift) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, size).Select(i => (float)(random.NextDouble() - 0.5 + (i == 0 ? shift : 0))).ToArray())];
}
