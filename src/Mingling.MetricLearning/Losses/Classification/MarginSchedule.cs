namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The margin of an angular softmax over the training: the initial one up to a step, then a rise, then the final one. Beginning without a
/// margin lets the classes form before they are pressed apart.
/// </summary>
/// <param name="Initial">The margin before the rise.</param>
/// <param name="Final">The margin after the rise.</param>
/// <param name="Begin">The step or epoch at which the rise begins.</param>
/// <param name="End">The step or epoch at which it ends, greater than <paramref name="Begin"/>.</param>
/// <param name="Exponential">Whether the rise is fast at first and slow at last (to 99.9 % of the way) rather than linear.</param>
public sealed record MarginSchedule(double Initial, double Final, double Begin, double End, bool Exponential = false)
{
    private const double RemainderAtEnd = 1e-3;

    /// <summary>The margin at a step or epoch.</summary>
    /// <param name="step">The step, in the unit of <see cref="Begin"/> and <see cref="End"/>.</param>
    public double At(double step)
    {
        if (step < Begin) return Initial;
        if (step >= End) return Final;
        double progress = (step - Begin) / (End - Begin);
        return Initial + (Final - Initial) * (Exponential ? 1 - Math.Pow(RemainderAtEnd, progress) : progress);
    }

    /// <summary>Sets the margin of a loss for a step or epoch.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="step">The step or epoch.</param>
    public void Apply(IMarginLoss loss, double step)
    {
        ArgumentNullException.ThrowIfNull(loss);
        loss.Margin = At(step);
    }
}
