using static TorchSharp.torch;

namespace Mingling.MetricLearning.Distances;

/// <summary>Squared Euclidean distances by ‖a‖² + ‖b‖² − 2a·b: one matrix product instead of [A, N, D] differences.</summary>
internal static class SquaredNorms
{
    // A row's product with itself and its squared norm are summed in different orders, so equal rows come out some roundings apart from 0.
    private const double RoundingsOfAProduct = 8;

    /// <summary>Squared distances [A, N], with a given value where rows are equal within the precision of the product.</summary>
    /// <param name="first">[A, D].</param>
    /// <param name="second">[N, D].</param>
    /// <param name="atEqual">What stands, without gradient, where rows are equal: 0, or 1 where a root follows.</param>
    /// <returns>The distances with gradient, and which rows are equal, bool [A, N].</returns>
    public static (Tensor Squared, Tensor Equal) Between(Tensor first, Tensor second, double atEqual = 0)
    {
        var a = first.square().sum(new long[] { 1 }, keepdim: true);
        var b = ReferenceEquals(first, second) ? a : second.square().sum(new long[] { 1 }, keepdim: true);
        using var norms = a + b.t(); // [A, N]
        var squared = addmm(norms, first, second.t(), 1, -2);
        // No backward pass reads the values of the norms or of the product, so both may change in place: a matrix less each.
        var resolution = norms.detach().mul_(RoundingsOfAProduct * finfo(first.dtype).eps);
        var equal = squared.detach().le(resolution);
        return (squared.masked_fill_(equal, atEqual), equal);
    }
}
