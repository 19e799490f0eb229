using Mingling.Audio;
using Mingling.Training.Graphs;
using Mingling.Training.Graphs.Onnx;

namespace Mingling.Training.Export;

/// <summary>
/// The front end as nodes: samples [B, n] → features [B, 1, bins, frames], the steps of docs/front-end.md. Everything up to the
/// transform is linear in the samples of a window, so that scale, mean, pre-emphasis, taper and transform are one convolution.
/// </summary>
internal static class FrontEndGraph
{
    /// <summary>
    /// The samples before a step that its frames need (a state of the graph): what a window has more than a hop, and what puts the frames of a
    /// stream where the front end puts them, one frame later than those of a clip where these are centred.
    /// </summary>
    public static int PastSamples(FeatureSettings settings)
    {
        int past = settings.WindowSamples - settings.HopSamples, first = -new FeatureTables(settings).FirstSample;
        int shift = (((first - past) % settings.HopSamples) + settings.HopSamples) % settings.HopSamples;
        return Math.Max(past + shift, 0);
    }

    /// <summary>
    /// Adds the nodes. In a graph that takes a stream step by step, a step is whole hops of samples and gives as many frames, from what came
    /// before and these samples; in one of whole clips the edges are those of the front end.
    /// </summary>
    /// <exception cref="ExportException">The settings ask for what a graph cannot do.</exception>
    public static GraphValue Build(GraphBuilder graph, FeatureSettings settings, GraphValue samples)
    {
        if (Obstacle(settings) is { } obstacle)
            throw new ExportException($"the front end cannot be part of the graph because of {obstacle}; export without --with-front-end.");
        var tables = new FeatureTables(settings);
        int window = settings.WindowSamples, frequencies = settings.FftSize / 2 + 1;

        var x = graph.Node("Unsqueeze", [samples, graph.Indices("axes", 1)]);
        if (graph.StreamedClipFrames is not null)
        {
            x = graph.WithPast("samples", x, 1, PastSamples(settings));
        }
        else if (settings.Alignment == FrameAlignment.Centered)
        {
            int before = -tables.FirstSample;
            x = graph.Node("Pad", [x, graph.Indices("pads", 0, 0, before, 0, 0, window - before)], GraphAttribute.Create("mode", "reflect"));
        }
        var transform = graph.Constant("transform", FourierRows.Compute(tables, frequencies), 2 * frequencies, 1, window);
        x = graph.Node("Conv", [x, transform], GraphAttribute.Create("kernel_shape", [window]), GraphAttribute.Create("strides", [settings.HopSamples]));

        x = graph.Node("Mul", [x, x]);
        x = graph.Node("Reshape", [x, graph.Indices("parts", 0, 2, frequencies, -1)]);
        x = graph.Node("ReduceSum", [x, graph.Indices("axes", 1)], GraphAttribute.Create("keepdims", 1));
        if (settings.SpectrumExponent == 1) x = graph.Node("Sqrt", [x]);

        x = graph.Node("MatMul", [graph.Constant("mel", tables.MelWeights(), settings.MelBins, frequencies), x]);
        x = Compress(graph, settings, x);
        return settings.Cepstra == 0 ? x : graph.Node("MatMul", [graph.Constant("cosine", tables.CosineWeights, settings.Cepstra, settings.MelBins), x]);
    }

    private static string? Obstacle(FeatureSettings settings) => settings switch
    {
        { Compression: FeatureCompression.Pcen } => "its energy normalisation, which runs through time",
        { Alignment: FrameAlignment.CenteredKaldi or FrameAlignment.SnipFft } => $"its alignment {settings.Alignment}",
        { UseEnergy: true } => "the energy beside its filters",
        { EnergyLast: true, Cepstra: > 0 } => "its order of coefficients",
        _ => null,
    };

    private static GraphValue Compress(GraphBuilder graph, FeatureSettings settings, GraphValue x)
    {
        GraphValue Log(string operation, double limit) => graph.Node("Log", [graph.Node(operation, [x, graph.Constant("least", [(float)limit])])]);

        return settings.Compression switch
        {
            FeatureCompression.LogOffset => Log("Add", settings.LogOffset),
            FeatureCompression.LogFloor => Log("Max", settings.LogFloor),
            FeatureCompression.Decibels =>
                graph.Node("Mul", [Log("Max", settings.LogFloor), graph.Constant("decibels", [(float)(10 / Math.Log(10))])]),
            _ => x,
        };
    }
}
