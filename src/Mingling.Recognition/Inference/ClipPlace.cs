using Mingling.Audio;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>The memory that one thread needs from the samples of clips to the outputs of the model.</summary>
internal sealed class ClipPlace(ModelGraph graph, ClipFeaturizer featurizer, int clips) : IDisposable
{
    private readonly ClipFeaturizer _featurizer = featurizer.Clone();

    public ModelSession Session { get; } = new(graph, clips);

    /// <summary>Writes the input of one of the clips.</summary>
    public void Write(int clip, ReadOnlySpan<float> samples)
    {
        var input = Session.Input.Slice(clip * graph.InputValues, graph.InputValues);
        if (graph.Card.Input == ModelInput.Features) _featurizer.Compute(samples, input);
        else
        {
            // Where the graph takes whole steps, silence comes before the clip.
            input[..^graph.Window.Samples].Clear();
            graph.Window.Fit(samples, input[^graph.Window.Samples..]);
        }
    }

    public void Dispose() => Session.Dispose();
}
