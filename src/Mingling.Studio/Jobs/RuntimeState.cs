namespace Mingling.Studio.Jobs;

/// <summary>Whether libtorch, which trainings compute with, is there, and how much of it has come.</summary>
/// <param name="IsThere">Whether trainings can begin.</param>
/// <param name="Package">The name of the package that <c>mingling setup</c> fetches.</param>
/// <param name="Megabytes">What of it has come so far; 0 or more.</param>
/// <param name="WholeMegabytes">What it has when it is whole, about; above 0.</param>
public sealed record RuntimeState(bool IsThere, string Package, double Megabytes, double WholeMegabytes);
