using Mingling.MetricLearning.Miners.Kernels;
using Mingling.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>Looks up, for each slot, a negative whose cost lies in an open interval.</summary>
internal static class NegativeSearch
{
    /// <summary>The nearest negative, or a random one, with lower &lt; cost &lt; upper.</summary>
    /// <param name="view">The batch.</param>
    /// <param name="lower">[B, K].</param>
    /// <param name="upper">[B, K].</param>
    /// <param name="uniform">A uniform number in [0, 1) for each slot, [B, K], to draw by; null means the nearest.</param>
    /// <returns>The column, int64 [B, K], and whether there is one, bool [B, K].</returns>
    public static (Tensor Index, Tensor Found) Between(TripletView view, Tensor lower, Tensor upper, Tensor? uniform = null) =>
        RowKernels.CanRead(view.Cost)
            ? IntervalKernel.Between(view, lower, upper, uniform)
            : BySorting(view, lower, upper, uniform);

    /// <summary>The same by torch operations alone, on any device.</summary>
    internal static (Tensor Index, Tensor Found) BySorting(TripletView view, Tensor lower, Tensor upper, Tensor? uniform)
    {
        var (sorted, columns) = view.SortedNegatives;
        var first = searchsorted(sorted, lower.contiguous(), right: true);
        var end = searchsorted(sorted, upper.contiguous(), right: false);
        var found = first.lt(end);
        var place = uniform is null ? first : first + (uniform * (end - first).to(uniform.dtype)).floor().to(ScalarType.Int64).minimum((end - first - 1).clamp_min(0));
        return (columns.gather(1, place.clamp_max(sorted.shape[1] - 1)), found);
    }
}
