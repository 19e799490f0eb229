using Microsoft.ML.OnnxRuntime;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>
/// Runs a model, for one thread: write the input, run, read the outputs. Allocates nothing after construction. Several sessions of one
/// recogniser share its weights.
/// </summary>
public sealed class ModelSession : IDisposable
{
    private readonly ModelGraph _graph;
    private readonly Memory<float> _input, _whole, _scores, _embedding;
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values;
    private readonly LimitedRun _run;
    private readonly Lock _lock = new();
    private bool _isDisposed;

    internal ModelSession(ModelGraph graph, int clips)
    {
        _graph = graph;
        graph.Share();
        _run = new LimitedRun(graph);
        Clips = clips;
        _input = AlignedMemory.Allocate(clips * graph.InputValues);
        bool isWhole = graph.Card.Input == ModelInput.Samples || graph.WholeFrames == graph.Window.Frames;
        _whole = isWhole ? _input : AlignedMemory.Allocate(clips * graph.Window.Bins * graph.WholeFrames);
        _scores = AlignedMemory.Allocate(clips * graph.Card.Classes.Count);
        _embedding = AlignedMemory.Allocate(clips * graph.Card.EmbeddingSize);
        _values =
        [
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _whole, graph.InputShape(clips)),
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _scores, [clips, graph.Card.Classes.Count]),
            OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _embedding, [clips, graph.Card.EmbeddingSize]),
        ];
        _binding = graph.Session.CreateIoBinding();
        _binding.BindInput(graph.InputName, _values[0]);
        _binding.BindOutput(GraphNames.Scores, _values[1]);
        _binding.BindOutput(GraphNames.Embedding, _values[2]);
        foreach (var state in graph.Card.Stream?.States ?? [])
        {
            var beginning = AlignedMemory.Allocate(clips * state.Channels * state.Length);
            _values.Add(OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, beginning, [clips, state.Channels, state.Length]));
            _binding.BindInput(state.Input, _values[^1]);
        }
    }

    /// <summary>The number of clips that are computed together.</summary>
    public int Clips { get; }

    /// <summary>
    /// The input of all clips, one after another: the features of a window, [bins, frames] row by row, or its samples, as the card's
    /// <see cref="ModelCard.Input"/> says; samples that are taken step by step are whole steps, the window at their end.
    /// </summary>
    public Span<float> Input => _input.Span;

    /// <summary>The posteriors [clips, classes] of the last run.</summary>
    public ReadOnlySpan<float> Posteriors => _scores.Span;

    /// <summary>The embeddings [clips, D] of the last run.</summary>
    public ReadOnlySpan<float> Embeddings => _embedding.Span;

    /// <summary>Computes the outputs for the present input.</summary>
    /// <exception cref="ModelException">
    /// The graph cannot be computed, needs more memory or time than the <see cref="RecognizerOptions"/> allow, or the outputs are not finite because
    /// the input is far out of range.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Run() => Run(_graph.Options.LongestRun);

    /// <summary>The same within another time.</summary>
    internal void Run(TimeSpan longest)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Compute(longest);
        }
    }

    /// <summary>Frees the session's memory, after a <see cref="Run()"/> that is under way.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }
        _binding.Dispose();
        foreach (var value in _values) value.Dispose();
        _run.Dispose();
        _graph.Dispose();
    }

    private void Compute(TimeSpan longest)
    {
        if (!_whole.Equals(_input)) StreamSteps.Pad(_input.Span, _graph.Window.Frames, _whole.Span, _graph.WholeFrames);
        _run.Run(_binding, longest);
        foreach (float score in _scores.Span)
            if (!float.IsFinite(score)) throw new ModelException($"{_graph.Name} gives no numbers for this sound; samples must lie in −1…1.");
    }
}
