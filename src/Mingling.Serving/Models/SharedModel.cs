using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Recognition.Streaming;

namespace Mingling.Serving.Models;

/// <summary>
/// One model for the streams of all threads. A stream keeps its own state, so that a session of the runtime is needed during a call alone: there
/// are as many as ever computed at once, about one for each core, however many streams are open. The last user frees them.
/// </summary>
internal sealed class SharedModel : IStreamingModel
{
    private readonly Recognizer _recognizer;
    private readonly Stack<SpottingModel> _free = new();
    private readonly Lock _lock = new();
    private int _users = 1;

    /// <exception cref="Recognition.Models.ModelException">The model cannot be used for streams.</exception>
    public SharedModel(Recognizer recognizer)
    {
        _recognizer = recognizer;
        var first = recognizer.OpenSpottingModel();
        _free.Push(first);
        (Classes, Features, WindowSamples, EmbeddingSize, StepFrames, StateSize, Settings) =
            (first.Classes, first.Features, first.WindowSamples, first.EmbeddingSize, first.StepFrames, first.StateSize, first.Settings);
    }

    public IReadOnlyList<string> Classes { get; }

    public FeatureSettings Features { get; }

    public int WindowSamples { get; }

    public int EmbeddingSize { get; }

    public int StepFrames { get; }

    public int StateSize { get; }

    /// <summary>The settings of the model file.</summary>
    public SpotterSettings Settings { get; }

    public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
    {
        var session = Rent();
        try
        {
            session.Run(features, posteriors, embedding);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        Return(session);
    }

    public void Step(ReadOnlySpan<float> features, Span<float> state, Span<float> posteriors, Span<float> embedding)
    {
        var session = Rent();
        try
        {
            session.Step(features, state, posteriors, embedding);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        Return(session);
    }

    /// <summary>Adds a user, who gives the model back by <see cref="Release"/>; false where the last one has done so already.</summary>
    public bool TryShare()
    {
        lock (_lock)
        {
            if (_users == 0) return false;
            _users++;
            return true;
        }
    }

    /// <summary>Gives the model back, once for each user.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (--_users > 0) return;
            foreach (var session in _free) session.Dispose();
            _free.Clear();
        }
        _recognizer.Dispose();
    }

    private SpottingModel Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var session)) return session;
        }
        return _recognizer.OpenSpottingModel();
    }

    private void Return(SpottingModel session)
    {
        lock (_lock) _free.Push(session);
    }
}
