using Microsoft.ML.OnnxRuntime;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>
/// Runs a model with <see cref="StreamSteps"/> step by step, for one thread and any number of streams. The caller keeps the state of each
/// stream; it is copied in before a step and out after it, which costs less than a binding for every stream. Only the first step with a
/// number of frames allocates.
/// </summary>
public sealed class StepSession : IDisposable
{
    // Each state begins at a multiple of this many floats, because sums are vectorised from there on.
    private const int Alignment = 16;

    private readonly ModelGraph _graph;
    private readonly StreamSteps _steps;
    private readonly Memory<float> _past, _next, _scores, _embedding;
    private readonly List<OrtValue> _values = [];
    private readonly List<Binding> _bindings = [];
    private readonly LimitedRun _run;
    private readonly Lock _lock = new();
    private bool _isDisposed;

    internal StepSession(ModelGraph graph)
    {
        _graph = graph;
        _steps = graph.Card.Stream ?? throw new ModelException($"{graph.Name} takes whole windows only; use an encoder for streams.");
        graph.Share();
        _run = new LimitedRun(graph);
        StateSize = SizeOf(_steps);
        (_past, _next) = (AlignedMemory.Allocate(StateSize), AlignedMemory.Allocate(StateSize));
        _scores = AlignedMemory.Allocate(graph.Card.Classes.Count);
        _embedding = AlignedMemory.Allocate(graph.Card.EmbeddingSize);
    }

    /// <summary>The number of values in the state of a stream.</summary>
    public int StateSize { get; }

    /// <summary>The posteriors [classes] after the last step.</summary>
    public ReadOnlySpan<float> Posteriors => _scores.Span;

    /// <summary>The embedding [D] after the last step.</summary>
    public ReadOnlySpan<float> Embedding => _embedding.Span;

    private static int SizeOf(StreamSteps steps) => steps.States.Sum(Places);

    /// <summary>Evaluates the next frames of a stream.</summary>
    /// <param name="input">
    /// Features [bins, frames] row by row, or the samples of as many hops of the front end, as the card's <see cref="ModelCard.Input"/> says; the
    /// frames are a multiple of the card's <see cref="StreamSteps.Frames"/>.
    /// </param>
    /// <param name="state">The state from the stream's last step, zeros at its beginning; receives the new state. <see cref="StateSize"/> long.</param>
    /// <exception cref="ArgumentException">The frames are not whole steps.</exception>
    /// <exception cref="ModelException">The graph cannot be computed, needs more memory or time than the <see cref="RecognizerOptions"/> allow, or the outputs are not finite because the input is far out of range; the state stays unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Run(ReadOnlySpan<float> input, Span<float> state)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Compute(input, state);
        }
    }

    /// <summary>Frees the memory, after a <see cref="Run"/> that is under way.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }
        foreach (var known in _bindings) known.Io.Dispose();
        foreach (var value in _values) value.Dispose();
        _run.Dispose();
        _graph.Dispose();
    }

    private void Compute(ReadOnlySpan<float> input, Span<float> state)
    {
        var binding = BindingFor(input.Length / _graph.FrameValues);
        input.CopyTo(binding.Input.Span);
        state.CopyTo(_past.Span);
        _run.Run(binding.Io, _graph.Options.LongestRun);
        foreach (float score in _scores.Span)
            if (!float.IsFinite(score)) throw new ModelException($"{_graph.Name} gives no numbers for this sound; samples must lie in −1…1.");
        _next.Span.CopyTo(state);
    }

    private static int Places(StreamState state) => (state.Channels * state.Length + Alignment - 1) / Alignment * Alignment;

    private Binding BindingFor(int frames)
    {
        foreach (var known in _bindings)
            if (known.Frames == frames) return known;
        var binding = Bind(frames);
        _bindings.Add(binding);
        return binding;
    }

    private Binding Bind(int frames)
    {
        if (frames < 1 || frames % _steps.Frames != 0)
            throw new ArgumentException($"{_graph.Name} takes whole steps of {_steps.Frames} frames, not {frames}.", nameof(frames));
        var input = AlignedMemory.Allocate(_graph.FrameValues * frames);
        var io = _graph.Session.CreateIoBinding();
        io.BindInput(_graph.InputName, Value(input, _graph.Card.Input == ModelInput.Features ? [1, 1, _graph.Window.Bins, frames] : [1, input.Length]));
        io.BindOutput(GraphNames.Scores, Value(_scores, [1, _scores.Length]));
        io.BindOutput(GraphNames.Embedding, Value(_embedding, [1, _embedding.Length]));
        int at = 0;
        foreach (var state in _steps.States)
        {
            int size = state.Channels * state.Length;
            long[] shape = [1, state.Channels, state.Length];
            io.BindInput(state.Input, Value(_past.Slice(at, size), shape));
            io.BindOutput(state.Output, Value(_next.Slice(at, size), shape));
            at += Places(state);
        }
        return new Binding(frames, input, io);
    }

    private OrtValue Value(Memory<float> memory, long[] shape)
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
        _values.Add(value);
        return value;
    }

    /// <summary>The bound memory for one number of frames.</summary>
    private sealed record Binding(int Frames, Memory<float> Input, OrtIoBinding Io);
}
