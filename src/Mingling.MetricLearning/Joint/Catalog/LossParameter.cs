namespace Mingling.MetricLearning.Joint;

/// <summary>A parameter that a name in an expression takes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Expected">What fits: "a number between 0 and 1", "true or false", or the names there are.</param>
/// <param name="Default">The value when it is left out, as an expression writes it, or what decides it.</param>
/// <param name="Range">Which numbers fit; null where no number does.</param>
public sealed record LossParameter(string Name, string Expected, string Default, ParameterRange? Range = null);
