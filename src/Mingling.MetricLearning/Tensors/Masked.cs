using static TorchSharp.torch;

namespace Mingling.MetricLearning.Tensors;

/// <summary>Sums under a mask, finite in value and gradient also where the mask is empty.</summary>
internal static class Masked
{
    // Stands for minus infinity: exp(Floor − x) is 0, but Floor − Floor is 0 and not NaN as −∞ − −∞ would be.
    private const double Floor = -1e30;

    /// <summary>log Σ exp(values) over the chosen entries of a dimension; about −1e30 where none is chosen.</summary>
    public static Tensor LogSumExp(Tensor values, Tensor mask, long dimension = 1) =>
        values.masked_fill(mask.logical_not(), Floor).logsumexp(dimension);

    /// <summary>Σ values over the chosen entries of a dimension.</summary>
    public static Tensor Sum(Tensor values, Tensor mask, long dimension = 1) =>
        values.masked_fill(mask.logical_not(), 0).sum(new[] { dimension });

    /// <summary>Σ values over the chosen entries.</summary>
    public static Tensor Sum(Tensor values, Tensor mask) => values.masked_fill(mask.logical_not(), 0).sum();

    /// <summary>log(1 + exp(values)), exact to double precision.</summary>
    public static Tensor Softplus(Tensor values) => nn.functional.softplus(values, 1, 40);

    /// <summary>Keeps values where a mask holds, 0 elsewhere.</summary>
    public static Tensor Where(Tensor values, Tensor mask) => values.masked_fill(mask.logical_not(), 0);
}
