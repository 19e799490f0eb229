using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Orthogonality of filters: the spectral norm ‖WᵀW − I‖₂, with a filter in each column of W; a term of LOVO (Kim et al. 2022) for the
/// weights of a dynamic filter front end.
/// </summary>
public static class OrthogonalityPenalty
{
    /// <summary>The default number of steps of a power iteration.</summary>
    public const int DefaultIterations = 20;

    private const double Smallest = 1e-12;

    /// <summary>The penalty of a weight.</summary>
    /// <param name="weight">Floating-point [filters, …]: each filter is flattened to a column of W.</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The weight has fewer than two dimensions or is not floating-point.</exception>
    public static Tensor ByEigenvalues(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return linalg.eigvalsh(Excess(weight)).abs().max().MoveToOuterDisposeScope(); // of a symmetric matrix the greatest |eigenvalue|
    }

    /// <summary>The penalty by power iteration, which approaches it from below: cheaper than all eigenvalues, and with a gradient where some are equal.</summary>
    /// <param name="weight">Floating-point [filters, …].</param>
    /// <param name="iterations">Steps, at least 1; they take no gradient.</param>
    /// <returns>‖A v‖ with A = WᵀW − I and v the direction found, a 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The weight has fewer than two dimensions or is not floating-point, or there is no step.</exception>
    public static Tensor ByPowerIteration(Tensor weight, int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        using var scope = NewDisposeScope();
        var excess = Excess(weight);
        using var fixedExcess = excess.detach();
        // A start that no eigenvector of a plain matrix is at right angles to, the same every time.
        long size = excess.shape[0];
        var direction = (arange(1, size + 1, dtype: excess.dtype, device: excess.device) * 0.6180339887498949).frac() + 0.1;
        for (int step = 0; step < iterations; step++)
        {
            direction = fixedExcess.mv(direction);
            direction = direction / direction.norm().clamp_min(Smallest);
        }
        // The root has no gradient at 0, where all filters are orthogonal already.
        return (excess.mv(direction).square().sum() + Smallest * Smallest).sqrt().MoveToOuterDisposeScope();
    }

    /// <summary>WᵀW − I, for the filters in the columns of W.</summary>
    private static Tensor Excess(Tensor weight)
    {
        if (weight.dim() < 2 || !weight.is_floating_point())
            throw new ArgumentException($"{nameof(weight)} must be floating-point [filters, …].", nameof(weight));
        var filters = weight.reshape(weight.shape[0], -1);
        return mm(filters, filters.t()) - eye(filters.shape[0], dtype: weight.dtype, device: weight.device);
    }
}
