using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// A histogram whose values are shared by the two nearest of equally spaced nodes (a triangular kernel), so that it has a gradient.
/// </summary>
internal static class SoftHistogram
{
    /// <summary>The share of each value that falls on its lower node, and that node.</summary>
    /// <param name="values">Values from 0 to bins · width, any shape.</param>
    /// <param name="width">The distance of two nodes.</param>
    /// <param name="bins">The number of intervals; there is one node more.</param>
    private static (Tensor Lower, Tensor Node) Split(Tensor values, double width, int bins)
    {
        var position = values / width;
        var node = position.detach().floor().clamp(0, bins - 1);
        return ((node + 1 - position).clamp(0, 1), node.to(ScalarType.Int64));
    }

    /// <summary>One histogram for each row.</summary>
    /// <param name="values">[rows, values].</param>
    /// <param name="chosen">Which values count, bool [rows, values].</param>
    /// <param name="width">The distance of two nodes.</param>
    /// <param name="bins">The number of intervals.</param>
    /// <returns>[rows, bins + 1].</returns>
    public static Tensor OfRows(Tensor values, Tensor chosen, double width, int bins)
    {
        var (lower, node) = Split(values, width, bins);
        var empty = zeros(values.shape[0], bins + 1, values.dtype, values.device);
        return empty
            .scatter_add(1, node, Masked.Where(lower, chosen))
            .scatter_add(1, node + 1, Masked.Where(1 - lower, chosen));
    }
}
