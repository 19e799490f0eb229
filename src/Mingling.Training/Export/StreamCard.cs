using Mingling.Recognition.Models;
using Mingling.Training.Encoders;
using Mingling.Training.Graphs;
using Mingling.Training.Models;

namespace Mingling.Training.Export;

/// <summary>What the card says of a graph that listens to streams.</summary>
internal static class StreamCard
{
    /// <summary>The steps of a graph; null where it hears whole windows only.</summary>
    public static StreamSteps? Describe(CommandModel model, ExportedGraph graph) => model.Encoder is StreamingEncoder encoder && graph.States.Count > 0
        ? new StreamSteps(encoder.StepFrames, [.. graph.States.Select(state => new StreamState(state.Input, state.Output, state.Channels, state.Length))])
        : null;
}
