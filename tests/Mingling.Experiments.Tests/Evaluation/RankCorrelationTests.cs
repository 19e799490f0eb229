using CsCheck;
using Mingling.Experiments.Evaluation;

namespace Mingling.Experiments.Tests.Evaluation;

public class RankCorrelationTests
{
    private static readonly Gen<(double[] X, double[] Y)> Figures =
        Gen.Int[2, 12].SelectMany(n => Gen.Select(Gen.Int[0, 5].Array[n], Gen.Int[0, 5].Array[n]))
            .Select((x, y) => (x.Select(v => (double)v).ToArray(), y.Select(v => (double)v).ToArray()));

    [Fact]
    public void Spearman_of_a_worked_example_is_the_known_figure()
    {
        // Ranks 1 2 3 4 5 against 2 1 4 3 5: 1 − 6 · 4 / (5 · 24).
        RankCorrelation.Spearman([10, 20, 30, 40, 50], [2, 1, 4, 3, 9]).ShouldNotBeNull().ShouldBe(0.8, 1e-12);
        RankCorrelation.KendallTauB([10, 20, 30, 40, 50], [2, 1, 4, 3, 9]).ShouldNotBeNull().ShouldBe(0.6, 1e-12);
    }

    [Fact]
    public void KendallTauB_with_ties_is_the_known_figure() =>
        // Five pairs in order, none against, one tied in x.
        RankCorrelation.KendallTauB([1, 2, 2, 3], [1, 2, 3, 4]).ShouldNotBeNull().ShouldBe(5 / Math.Sqrt(5.0 * 6), 1e-12);

    [Fact]
    public void Correlations_of_any_figures_are_those_of_their_definitions() => Figures.Sample((x, y) =>
    {
        double[] rx = [.. x.Select(a => x.Count(b => b < a) + (x.Count(b => b == a) + 1) / 2.0)], ry = [.. y.Select(a => y.Count(b => b < a) + (y.Count(b => b == a) + 1) / 2.0)];
        double mx = rx.Average(), my = ry.Average();
        double cov = rx.Zip(ry).Sum(p => (p.First - mx) * (p.Second - my)), spread = Math.Sqrt(rx.Sum(v => (v - mx) * (v - mx)) * ry.Sum(v => (v - my) * (v - my)));
        double? rho = RankCorrelation.Spearman(x, y);
        double? tau = RankCorrelation.KendallTauB(x, y);
        (rho is null).ShouldBe(x.Distinct().Count() == 1 || y.Distinct().Count() == 1);
        (tau is null).ShouldBe(rho is null);
        if (rho is null) return;
        rho.Value.ShouldBe(cov / spread, 1e-9);
        tau!.Value.ShouldBeInRange(-1 - 1e-12, 1 + 1e-12);
        RankCorrelation.KendallTauB(x, [.. y.Select(v => -v)])!.Value.ShouldBe(-tau.Value, 1e-12);
        RankCorrelation.KendallTauB(y, x)!.Value.ShouldBe(tau.Value, 1e-12);
    }, iter: 1000);

    [Fact]
    public void Correlations_of_different_numbers_of_figures_are_refused() =>
        Should.Throw<ArgumentException>(() => RankCorrelation.Spearman([1, 2], [1])).Message.ShouldContain("there are 2 figures and 1");
}
