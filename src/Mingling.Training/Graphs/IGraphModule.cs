namespace Mingling.Training.Graphs;

/// <summary>A module that can write what it computes in evaluation as nodes of a graph, such as a residual block.</summary>
public interface IGraphModule
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">What the module is given.</param>
    /// <returns>What the module gives.</returns>
    GraphValue Export(GraphBuilder graph, GraphValue x);
}
