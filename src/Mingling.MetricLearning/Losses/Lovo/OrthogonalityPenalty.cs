using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Orthogonality of filters: the spectral norm ‖WᵀW − I‖₂, with a filter in each column of W; a term of LOVO (Kim et al. 2022) for the
/// weights of a dynamic filter front end.
/// </summary>
public static class OrthogonalityPenalty
{
    /// <summary>The penalty of a weight.</summary>
    /// <param name="weight">Floating-point [filters, …]: each filter is flattened to a column of W.</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The weight has fewer than two dimensions or is not floating-point.</exception>
    public static Tensor Of(Tensor weight)
    {
        if (weight.dim() < 2 || !weight.is_floating_point())
            throw new ArgumentException($"{nameof(weight)} must be floating-point [filters, …].", nameof(weight));
        using var scope = NewDisposeScope();
        var filters = weight.reshape(weight.shape[0], -1);
        var excess = mm(filters, filters.t()) - eye(filters.shape[0], dtype: weight.dtype, device: weight.device);
        return linalg.eigvalsh(excess).abs().max().MoveToOuterDisposeScope(); // of a symmetric matrix the greatest |eigenvalue|
    }
}
