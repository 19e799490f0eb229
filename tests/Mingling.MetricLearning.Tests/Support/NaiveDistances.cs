using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tests.Support;

/// <summary>Distances by differences of rows, without the product that the library uses. [B, B]</summary>
internal static class NaiveDistances
{
    public static Tensor Squared(Tensor rows)
    {
        var difference = rows.unsqueeze(1) - rows.unsqueeze(0);
        return difference.square().sum(new long[] { 2 });
    }

    public static Tensor Euclidean(Tensor rows)
    {
        var squared = Squared(rows);
        var equal = squared.detach().eq(0);
        return where(equal, zeros_like(squared), where(equal, ones_like(squared), squared).sqrt());
    }

    public static Tensor Normalized(Tensor rows) => rows / rows.square().sum(new long[] { 1 }, keepdim: true).sqrt();
}
