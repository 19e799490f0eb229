using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Mingling.Audio;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>The graph of a model in ONNX Runtime, checked against its card. Safe for any number of threads.</summary>
internal sealed class ModelGraph : IDisposable
{
    private readonly SessionOptions _options;
    private readonly Lock _lock = new();
    private int _users = 1;

    /// <param name="name">What to call the model in a message.</param>
    /// <param name="model">Its bytes and its card.</param>
    /// <param name="options">How to compute and what the graph may take, within their ranges.</param>
    /// <exception cref="ModelException">The graph cannot be computed, needs more than the options allow, or contradicts the card.</exception>
    public ModelGraph(string name, SealedModel model, GraphLimits options)
    {
        (Name, Card, Options) = (name, model.Card, options);
        if (GraphCheck.Problem(model.Bytes, options.AllowLoops, options.LargestMemory) is { } problem) throw new ModelException($"{name} cannot be used: {problem}.");
        OnnxTelemetry.TurnOff();
        Window = Card.ClipWindow();
        _options = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // What goes wrong is thrown; a library does not print.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            Session = LimitedSession.Open(model.Bytes, _options, options.LargestMemory, options.LongestLoad);
            CheckAgainstCard();
        }
        catch (Exception e)
        {
            Dispose();
            if (e is TimeoutException) throw TookTooLong(options.LongestLoad, e);
            if (e is OnnxRuntimeException or InvalidDataException or NotSupportedException or ArgumentException or OverflowException)
                throw Broken(e);
            throw;
        }
    }

    public string Name { get; }

    public ModelCard Card { get; }

    public GraphLimits Options { get; }

    public ClipWindow Window { get; }

    public InferenceSession Session { get; } = null!;

    public string InputName => Card.Input == ModelInput.Features ? GraphNames.Features : GraphNames.Samples;

    /// <summary>Values of the input for one clip; samples that are taken step by step are whole steps, the clip at their end.</summary>
    public int InputValues => Card.Input == ModelInput.Features ? Window.Values : WholeSamples;

    /// <summary>The input's shape for this many clips.</summary>
    public long[] InputShape(int clips) =>
        Card.Input == ModelInput.Features ? [clips, 1, Window.Bins, WholeFrames] : [clips, WholeSamples];

    /// <summary>The values of the input for one frame of a step.</summary>
    public int FrameValues => Card.Input == ModelInput.Features ? Window.Bins : Card.Features.HopSamples;

    private int WholeSamples => Card.Stream is null ? Window.Samples : Math.Max(WholeFrames * Card.Features.HopSamples, Window.Samples);

    /// <summary>The frames that the graph takes for a window: the window's, or more where they must be whole steps.</summary>
    public int WholeFrames => Card.Stream?.WholeFrames(Window.Frames) ?? Window.Frames;

    /// <summary>The exception for a graph that cannot be computed.</summary>
    public ModelException Broken(Exception cause) =>
        new($"the graph of {Name} cannot be computed: {Reason(cause)}.", cause);

    /// <summary>The exception for a graph that does not end in time.</summary>
    public ModelException TookTooLong(TimeSpan longest, Exception cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Name} cannot be used: a computation did not end within {longest.TotalSeconds:0.###} s."), cause);

    /// <summary>Adds a user, which gives the graph back by <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The last user has given it back already.</exception>
    public void Share()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_users == 0, this);
            _users++;
        }
    }

    /// <summary>Gives the graph back, once for each user; the last one frees it, because native code may not outlive what it reads.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (--_users > 0) return;
        }
        Session?.Dispose();
        _options.Dispose();
    }

    // The runtime names the place in its source that ran out of memory, which tells nobody what to do.
    private string Reason(Exception cause) => cause.Message.Contains("BFCArena", StringComparison.Ordinal)
        ? $"its tensors take more than the {Options.LargestMemory >> 20} MiB that they may"
        : cause.Message.ReplaceLineEndings(" ").TrimEnd('.');

    private void CheckAgainstCard()
    {
        string[] problems =
        [
            .. Compare("input", Session.InputMetadata, InputName, Card.Input == ModelInput.Features ? [-1, 1, Window.Bins, -1] : [-1, -1]),
            .. Compare("output", Session.OutputMetadata, GraphNames.Embedding, [-1, Card.EmbeddingSize]),
            .. Compare("output", Session.OutputMetadata, GraphNames.Scores, [-1, Card.Classes.Count]),
            .. (Card.Stream?.States ?? []).SelectMany(state => (string[])
            [
                .. Compare("input", Session.InputMetadata, state.Input, [-1, state.Channels, state.Length]),
                .. Compare("output", Session.OutputMetadata, state.Output, [-1, state.Channels, state.Length]),
            ]),
        ];
        int inputs = 1 + (Card.Stream?.States.Count ?? 0);
        if (Session.InputMetadata.Count != inputs) problems = [.. problems, $"it has {Session.InputMetadata.Count} inputs instead of {(inputs == 1 ? "one" : inputs)}"];
        if (problems.Length > 0) throw new ModelException($"the graph of {Name} contradicts its card: {string.Join("; ", problems)}.");
    }

    /// <summary>What is wrong with an input or output; −1 stands for any size.</summary>
    private static IEnumerable<string> Compare(string kind, IReadOnlyDictionary<string, NodeMetadata> all, string name, int[] shape)
    {
        if (!all.TryGetValue(name, out var found))
            yield return $"it has no {kind} '{name}'";
        else if (!found.IsTensor || found.ElementType != typeof(float))
            yield return $"its {kind} '{name}' does not hold floats";
        else if (found.Dimensions.Length != shape.Length || found.Dimensions.Zip(shape).Any(pair => pair.Second >= 0 && pair.First != pair.Second))
            yield return $"its {kind} '{name}' is [{Text(found.Dimensions)}] instead of [{Text(shape)}]";
    }

    private static string Text(int[] shape) => string.Join(", ", shape.Select(size => size < 0 ? "any" : $"{size}"));
}
