namespace Mingling.MetricLearning.Joint;

/// <summary>A parameter that a name in an expression takes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Expected">What fits: "a number", "true or false", or the names there are.</param>
/// <param name="Default">The value when it is left out, as an expression writes it.</param>
public sealed record LossParameter(string Name, string Expected, string Default);
