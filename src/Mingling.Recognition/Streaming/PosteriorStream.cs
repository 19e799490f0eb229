
using Mingling.Audio;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// Judges a sliding window of a stream by a model: samples of any rate in pieces of any size in, posteriors at a fixed pace out, the same
/// ones however the pieces were cut.
/// </summary>
/// <remarks>
/// Each feature frame is computed once and kept; a window is the last frames of the whole stream. The frames inside a window are, bit for
/// bit, those of the same samples as a clip. Where the front end centres its frames on the clip's edges, a clip has the first and the last
/// few frames (two on either side with LogMel40) computed from mirrored sound; a window that slides has the true sound there, because it
/// is known, because a frame must not change its value from window to window to be computed once, and because encoders are trained with
/// shifted clips to which those frames matter little. At the beginning of a stream the window has mirrored frames as a clip has.
/// Nothing is judged before the first window is full. Allocates nothing in the steady state. For one thread at a time.
/// </remarks>
public sealed class PosteriorStream
{
    /// <summary>The lowest rate of a stream in hertz.</summary>
    public const int LowestRate = 1000;

    /// <summary>The highest rate of a stream in hertz.</summary>
    public const int HighestRate = 384_000;

    private readonly IPosteriorModel _model;
    private readonly PosteriorHandler _handler;
    private readonly SampleBlocks _blocks;
    private readonly FeatureStream _features;
    private readonly FeatureWindow _window;
    private readonly SpeechGate _gate;
    private readonly RoomTone _room;
    private readonly WindowTiming _timing;
    private readonly SpotterSettings _settings;
    private readonly WindowJudge _judge;
    private readonly float[] _frames, _posteriors, _embedding;
    private bool _isComplete;

    /// <summary>Prepares a stream.</summary>
    /// <param name="model">The model; several streams may share one that bears it.</param>
    /// <param name="sampleRate">The rate (Hz) of the samples that will be pushed, 1000 to 384,000. There is no default: samples of one rate taken for another are nonsense to the model, and nobody could tell.</param>
    /// <param name="settings">Pace, gate and silence; the decision settings are not used here but for the tail.</param>
    /// <param name="handler">Takes each judgement, within <see cref="Push"/>.</param>
    /// <exception cref="ArgumentException">Settings or rate are out of range, or the window has no whole frame; the message says what is wrong.</exception>
    public PosteriorStream(IPosteriorModel model, int sampleRate, SpotterSettings settings, PosteriorHandler handler)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        if (sampleRate is < LowestRate or > HighestRate)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, "A stream has a rate of 1000 to 384,000 Hz.");
        settings.Validate();
        (_model, _settings, _handler) = (model, settings, handler);
        var extractor = new FeatureExtractor(model.Features);
        _timing = new WindowTiming(model, extractor, settings);
        _features = new FeatureStream(extractor);
        _window = new FeatureWindow(extractor.Bins, _timing.Frames);
        _gate = new SpeechGate(
            _timing.Frames + _timing.Hop + 1, _timing.FrameSeconds, settings.SilenceDb, settings.Gate ?? new GateSettings());
        _room = new RoomTone(model.Features.HopSamples, _timing.Frames);
        _frames = new float[extractor.Bins * Math.Min(_timing.Hop, _timing.Frames)];
        _judge = new WindowJudge(model, _window, extractor.Bins, _timing.Frames, _timing.Hop);
        _posteriors = new float[model.Classes.Count];
        _embedding = new float[model.EmbeddingSize];
        SampleRate = sampleRate;
        _blocks = new SampleBlocks(sampleRate, model.Features.SampleRate, model.Features.HopSamples, Take);
    }

    /// <summary>The rate of the samples (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>The time between two judgements in milliseconds.</summary>
    public double HopMs => 1000 * _timing.Hop * _timing.FrameSeconds;

    /// <summary>The length of the model's window in milliseconds.</summary>
    public double WindowMs => 1000.0 * _model.WindowSamples / _model.Features.SampleRate;

    /// <summary>How much sound was pushed, in seconds.</summary>
    public double Duration => (double)_blocks.Received / SampleRate;

    /// <summary>How often the model was asked.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Takes the next samples and judges every window that they complete.</summary>
    /// <param name="samples">Any number of samples at <see cref="SampleRate"/>, in −1…1.</param>
    /// <exception cref="SampleStreamException">A sample is not finite or in another scale; nothing of the piece was taken.</exception>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Push(ReadOnlySpan<float> samples)
    {
        if (_isComplete) throw new InvalidOperationException("The stream is complete; Reset() begins a new one.");
        _blocks.Push(samples);
    }

    /// <summary>Says that the stream has ended: adds the tail, at least as much as fills the first window, and judges the rest.</summary>
    public void Complete()
    {
        if (_isComplete) return;
        _isComplete = true;
        if (_blocks.Received > 0) _blocks.Complete(_room.Make(_timing.TailSamples(Duration)));
    }

    /// <summary>Begins a new stream; everything so far is forgotten.</summary>
    public void Reset()
    {
        _blocks.Reset();
        _features.Reset();
        _window.Reset();
        _judge.Reset();
        _gate.Reset();
        _room.Reset();
        (_isComplete, Evaluations) = (false, 0);
    }

    /// <summary>Where the loudest sound of the window that was judged last begins and ends, in seconds.</summary>
    internal (double Start, double End) LoudestStretch()
    {
        long last = _window.Count - 1, first = last - _timing.Frames + 1;
        (long from, long to) = _gate.LoudestStretch(first, last, _timing.LongestGap);
        return (Math.Max(0, from * _timing.FrameSeconds), Math.Min(Duration, (to + 1) * _timing.FrameSeconds));
    }

    private void Take(ReadOnlySpan<float> block)
    {
        _gate.Push(block);
        _room.Add(block, _gate.LastPower);
        _features.Write(block);
        if (!_timing.IsDue(_gate.Count)) return;
        // All frames since the last window at once, which costs less than one by one.
        while (_features.Read(_frames) is var read and > 0)
        {
            for (int frame = 0; frame < read; frame++)
            {
                _window.Add(_frames.AsSpan(frame * _features.Bins, _features.Bins));
                if (_timing.StepOf(_window.Count) is >= 0 and var step) Judge(step);
            }
        }
    }

    private void Judge(long step)
    {
        long first = _window.Count - _timing.Frames;
        bool judged = _gate.LastAudible >= first && (_settings.Gate is null || _gate.LastActive >= first - _timing.Hangover);
        if (judged)
        {
            _judge.Run(_posteriors, _embedding);
            Evaluations++;
        }
        else
        {
            _posteriors.AsSpan().Clear();
            _embedding.AsSpan().Clear();
        }

        double time = Math.Min(_timing.Time(step), _isComplete ? Duration : double.PositiveInfinity);
        _handler(new PosteriorStep(step, time, judged), _posteriors, _embedding);
    }
}
