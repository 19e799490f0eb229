using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>Squared Euclidean distances by ‖a‖² + ‖b‖² − 2a·b: one matrix product instead of [A, N, D] differences.</summary>
internal static class SquaredNorms
{
    // A row's product with itself and its squared norm are summed in different orders, so equal rows come out some roundings apart from 0.
    private const double RoundingsOfAProduct = 8;

    /// <summary>Squared distances [A, N], exactly 0 where rows are equal within the precision of the product.</summary>
    /// <returns>The distances with gradient, and which of them are 0, bool [A, N].</returns>
    public static (Tensor Squared, Tensor Equal) Between(Tensor first, Tensor second)
    {
        var a = first.square().sum(new long[] { 1 }, keepdim: true);
        var b = ReferenceEquals(first, second) ? a : second.square().sum(new long[] { 1 }, keepdim: true);
        var norms = a + b.t(); // [A, N]
        var squared = addmm(norms, first, second.t(), 1, -2);
        var equal = squared.detach().le(norms.detach() * (RoundingsOfAProduct * finfo(first.dtype).eps));
        return (squared.masked_fill(equal, 0), equal);
    }
}
