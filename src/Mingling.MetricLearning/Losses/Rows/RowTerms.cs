using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The terms of a loss that is computed row by row, filled in place.</summary>
internal sealed record RowTerms(Tensor Values, Tensor Valid, Tensor Active)
{
    /// <summary>Empty terms of so many owners, inside a dispose scope.</summary>
    public static RowTerms Of(int owners) => new(zeros(owners), zeros(owners), zeros(owners));

    /// <summary>Value, number of terms and number of terms above 0 of each owner.</summary>
    public Places Places => new(UnitRows.Floats(Values), UnitRows.Floats(Valid), UnitRows.Floats(Active));

    /// <summary>The same for a reduction. Filled terms only.</summary>
    public LossTerms Terms => new(Values.requires_grad_(), Valid, () => Active);

    /// <summary>How much each owner's value counts in the reduced loss, [owners]: a derivative, so that every reduction and all weights work.</summary>
    /// <param name="reduced">What <see cref="Terms"/> were reduced to.</param>
    /// <param name="more">Whether other terms were reduced with them, whose weights are still asked for.</param>
    public Tensor WeightsIn(Tensor reduced, bool more = false) => autograd.grad([reduced], [Values], retain_graph: more)[0].contiguous();
}

/// <summary>The memory of <see cref="RowTerms"/>.</summary>
internal readonly ref struct Places(Span<float> values, Span<float> valid, Span<float> active)
{
    public Span<float> Values { get; } = values;

    public Span<float> Valid { get; } = valid;

    public Span<float> Active { get; } = active;

    public void Deconstruct(out Span<float> values, out Span<float> valid, out Span<float> active)
    {
        values = Values;
        valid = Valid;
        active = Active;
    }
}
