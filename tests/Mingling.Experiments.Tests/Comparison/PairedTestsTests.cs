using System.Numerics;
using CsCheck;
using Mingling.Experiments.Comparison;

namespace Mingling.Experiments.Tests.Comparison;

public class PairedTestsTests
{
    // The additional hours of sleep by two drugs (Student 1908): t = 4.0621 with 9 degrees of freedom, p = 0.002833 in every textbook.
    private static readonly double[] Sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];

    [Fact]
    public void Student_on_the_sleep_data_gives_the_p_of_the_textbooks() => PairedTests.Student(Sleep)!.Value.ShouldBe(0.002833, 5e-7);

    [Fact]
    public void Student_with_the_correction_has_the_larger_variance()
    {
        // mean 0.02, s 0.01, variance s²(1/3 + 1/2): t = 2.19089; with 2 degrees of freedom p = 1 − t / √(2 + t²).
        double t = 0.02 / (0.01 * Math.Sqrt(1.0 / 3 + 0.5));
        PairedTests.Student([0.01, 0.02, 0.03], 0.5)!.Value.ShouldBe(1 - t / Math.Sqrt(2 + t * t), 1e-12);
    }

    [Fact]
    public void Student_of_equal_differences_is_no_test_unless_they_are_zero()
    {
        PairedTests.Student([0, 0, 0]).ShouldBe(1);
        PairedTests.Student([0.1, 0.1, 0.1]).ShouldBeNull();
        PairedTests.Student([0.1]).ShouldBeNull();
        PairedTests.Student([]).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 7, 18.0 / 256)]
    [InlineData(5, 15, 0.0413895)]
    [InlineData(0, 0, 1)]
    [InlineData(4, 4, 1)]
    [InlineData(0, 10, 2.0 / 1024)]
    public void McNemar_on_small_counts_is_the_binomial_test(int first, int second, double p) => PairedTests.McNemar(first, second).ShouldBe(p, 1e-7);

    [Fact]
    public void McNemar_agrees_with_whole_numbers() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample((first, second) =>
    {
        int n = first + second;
        BigInteger term = 1, tail = 0;
        for (int k = 0; k <= Math.Min(first, second); k++)
        {
            tail += term;
            term = term * (n - k) / (k + 1);
        }
        double expected = Math.Min(1, 2 * (double)tail / Math.Pow(2, n));
        PairedTests.McNemar(first, second).ShouldBe(expected, 1e-9 * expected);
        PairedTests.McNemar(second, first).ShouldBe(PairedTests.McNemar(first, second));
    });

    [Fact]
    public void McNemar_on_many_clips_stays_in_range()
    {
        PairedTests.McNemar(4000, 6000).ShouldBeInRange(0, 1e-80);
        PairedTests.McNemar(50_000, 50_100).ShouldBeInRange(0.7, 0.8);
    }

    [Fact]
    public void Holm_raises_as_r_does()
    {
        PairedTests.Holm([0.01, 0.04, null, 0.02, 0.03]).ShouldBe([0.04, 0.06, null, 0.06, 0.06]);
        PairedTests.Holm([0.9, 0.6]).ShouldBe([1, 1]);
        PairedTests.Holm([]).ShouldBeEmpty();
    }
}
