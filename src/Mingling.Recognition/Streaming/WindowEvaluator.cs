using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// Evaluates a model on the last window of a stream. A model that works step by step is given the frames since the window before, where the
/// time between windows is whole steps; where that window was left out, or there was none, it starts again with the whole window, as with a
/// clip. Any other model is given the whole window.
/// </summary>
internal sealed class WindowEvaluator
{
    private readonly IPosteriorModel _model;
    private readonly IStreamingModel? _steps;
    private readonly FeatureWindow _window;
    private readonly int _bins, _frames, _wholeFrames, _hop;
    private readonly float[] _input, _whole, _state;
    private long _evaluatedUpTo = -1;

    /// <param name="model">The model.</param>
    /// <param name="window">The last frames of the stream.</param>
    /// <param name="bins">The values of a frame.</param>
    /// <param name="frames">The frames of a window.</param>
    /// <param name="hop">The frames from one window to the next.</param>
    public WindowEvaluator(IPosteriorModel model, FeatureWindow window, int bins, int frames, int hop)
    {
        (_model, _window, _bins, _frames, _hop) = (model, window, bins, frames, hop);
        _steps = model is IStreamingModel { StepFrames: > 0 } steps && hop % steps.StepFrames == 0 && hop <= frames ? steps : null;
        _wholeFrames = _steps is null ? frames : StreamSteps.WholeFrames(_steps.StepFrames, frames);
        _input = new float[bins * frames];
        _whole = _steps is null ? [] : new float[bins * _wholeFrames];
        _state = _steps is null ? [] : new float[_steps.StateSize];
    }

    /// <summary>Whether the model is given each frame once.</summary>
    public bool IsStepwise => _steps is not null;

    /// <summary>Evaluates the last window.</summary>
    public void Run(Span<float> posteriors, Span<float> embedding)
    {
        if (_steps is null)
        {
            _window.CopyTo(_input);
            _model.Run(_input, posteriors, embedding);
            return;
        }
        bool continues = _evaluatedUpTo == _window.Count - _hop;
        // A step that fails leaves no state to continue from.
        _evaluatedUpTo = -1;
        if (continues)
        {
            var latest = _input.AsSpan(0, _bins * _hop);
            _window.CopyTo(latest, _hop);
            _steps.Step(latest, _state, posteriors, embedding);
        }
        else
        {
            _window.CopyTo(_input);
            StreamSteps.Pad(_input, _frames, _whole, _wholeFrames);
            _state.AsSpan().Clear();
            _steps.Step(_whole, _state, posteriors, embedding);
        }
        _evaluatedUpTo = _window.Count;
    }

    /// <summary>Discards the state.</summary>
    public void Reset() => _evaluatedUpTo = -1;
}
