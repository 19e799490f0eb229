using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Support;

/// <summary>Comparison of tensors relative to the largest magnitude expected.</summary>
internal static class TensorAssertions
{
    /// <summary>
    /// |actual − expected| ≤ tolerance · max(1e-3, max |expected|) everywhere: relative to the tensor's scale, because an element of a
    /// gradient may cancel to nearly 0.
    /// </summary>
    public static void ShouldBeNear(this Tensor actual, Tensor expected, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        actual.shape.ShouldBe(expected.shape, what);
        if (expected.numel() == 0) return;
        var wanted = expected.detach().to(ScalarType.Float64);
        double scale = Math.Max(1e-3, wanted.abs().max().item<double>());
        double error = (actual.detach().to(ScalarType.Float64) - wanted).abs().max().item<double>();
        (error / scale).ShouldBeLessThanOrEqualTo(tolerance, what);
    }

    public static void ShouldBeNear(this Tensor actual, double expected, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        actual.ShouldBeNear(tensor(expected, dtype: ScalarType.Float64), tolerance, what);
    }

    public static void ShouldBeFinite(this Tensor actual, string what)
    {
        using var scope = NewDisposeScope();
        actual.detach().isfinite().all().item<bool>().ShouldBeTrue(what);
    }
}
