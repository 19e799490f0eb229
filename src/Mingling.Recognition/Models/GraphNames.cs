namespace Mingling.Recognition.Models;

/// <summary>The names that the graph of a model file gives to its inputs and outputs.</summary>
public static class GraphNames
{
    /// <summary>The input [batch, 1, bins, frames] of a graph that takes features (<see cref="ModelInput.Features"/>).</summary>
    public const string Features = "features";

    /// <summary>The input [batch, samples] of a graph that takes samples (<see cref="ModelInput.Samples"/>).</summary>
    public const string Samples = "samples";

    /// <summary>The output [batch, D]: the embedding.</summary>
    public const string Embedding = "embedding";

    /// <summary>The output [batch, classes]: the posterior of each class.</summary>
    public const string Scores = "scores";
}
