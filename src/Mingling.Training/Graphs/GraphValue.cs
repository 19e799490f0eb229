namespace Mingling.Training.Graphs;

/// <summary>A tensor in a graph that is being built: an input, a constant or what a node computes.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
public readonly record struct GraphValue(string Name);
