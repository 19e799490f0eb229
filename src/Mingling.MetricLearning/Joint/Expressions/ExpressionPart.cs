using System.Globalization;

namespace Mingling.MetricLearning.Joint;

/// <summary>One loss of an expression.</summary>
/// <param name="Name">The name by which the part is known: that of its loss, followed by -2, -3 … where the loss occurs again.</param>
/// <param name="Weight">Its weight, at least 0.</param>
/// <param name="Loss">The name of the loss and its arguments.</param>
public sealed record ExpressionPart(string Name, double Weight, ExpressionCall Loss)
{
    /// <summary>Weight and loss as an expression writes them; a weight of 1 is left out.</summary>
    public override string ToString() => Weight == 1 ? $"{Loss}" : string.Create(CultureInfo.InvariantCulture, $"{Weight} {Loss}");
}
