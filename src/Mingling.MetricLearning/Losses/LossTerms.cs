using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The terms of a loss, gathered by their owners (the samples of the batch, or the classes of a proxy loss), so that every
/// <see cref="Reduction"/> works for every loss without a list of the terms.
/// </summary>
/// <param name="Sum">The sum of each owner's terms, [owners], with gradient.</param>
/// <param name="Valid">The number of each owner's terms, [owners], same dtype, without gradient.</param>
/// <param name="Active">Gives the number of each owner's terms greater than zero, [owners]; called only where a reduction asks.</param>
public sealed record LossTerms(Tensor Sum, Tensor Valid, Func<Tensor> Active)
{
    /// <summary>One term for each owner.</summary>
    /// <param name="values">The terms, [owners]; finite also where they are not valid.</param>
    /// <param name="valid">Which of them count, bool [owners]; null means all.</param>
    public static LossTerms PerSample(Tensor values, Tensor? valid = null)
    {
        if (valid is null) return new LossTerms(values, ones_like(values).detach(), () => values.detach().gt(0).to(values.dtype));
        var kept = Masked.Where(values, valid);
        return new LossTerms(kept, valid.to(values.dtype), () => kept.detach().gt(0).to(values.dtype));
    }

    /// <summary>One term for each pair of an owner and another row.</summary>
    /// <param name="values">The terms, [owners, rows]; finite also where they are not valid.</param>
    /// <param name="valid">Which of them count, bool [owners, rows].</param>
    public static LossTerms PerPair(Tensor values, Tensor valid)
    {
        var kept = Masked.Where(values, valid);
        return new LossTerms(kept.sum(1), valid.sum(1).to(values.dtype), () => kept.detach().gt(0).sum(1).to(values.dtype));
    }

    /// <summary>The same terms, each with the weight of its owner in sum and counts.</summary>
    /// <param name="weights">[owners], or null when all weigh 1.</param>
    internal LossTerms Weighted(Tensor? weights) =>
        weights is null ? this : new LossTerms(Sum * weights, Valid * weights, () => Active() * weights);
}
