namespace Mingling.Experiments.Comparison;

/// <summary>A joint loss that is compared with others.</summary>
/// <param name="Text">The loss as it is shown: as it was given, or as a grid made it.</param>
/// <param name="Loss">The loss in one spelling, by which it is trained.</param>
/// <param name="Points">
/// Where it lies in the grids; none without grids. A weight of 0 takes its part away, so that several points can be one variant.
/// </param>
public sealed record LossVariant(string Text, string Loss, IReadOnlyList<GridPoint> Points);

/// <summary>A place in a grid.</summary>
/// <param name="Basis">The loss that the grid was laid over.</param>
/// <param name="Values">The value on each axis that fits the loss, by the axis' name.</param>
public sealed record GridPoint(string Basis, IReadOnlyDictionary<string, string> Values);
