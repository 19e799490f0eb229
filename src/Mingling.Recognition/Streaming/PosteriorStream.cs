using Mingling.Audio;
using Mingling.Recognition.Streaming.Gating;
using Mingling.Recognition.Streaming.Sources;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// Evaluates a model on a sliding window of a stream: samples of any rate in pieces of any size in, posteriors at a fixed interval out. How
/// the samples are cut into pieces does not change the result.
/// </summary>
/// <remarks>
/// Each feature frame is computed once and kept; a window is the last frames of the whole stream. The frames inside a window are, bit for
/// bit, those of a clip with the same samples. The edges differ: a front end with centred frames computes the first and the last few frames
/// of a clip (two on either side with LogMel40) from mirrored sound, whereas a sliding window has the real sound there. A frame that is
/// computed once cannot change from window to window, and encoders are trained with shifted clips, so that these frames matter little. What
/// comes before the first sample is the room, as it is after the last one (<see cref="SpotterSettings.LeadMs"/>), and is told from the sound
/// of the first window; the first posteriors come when that window is full. A stream that ends before lies in silence, as a clip that is
/// shorter than the window. Allocates nothing in the steady state. For one thread at a time.
/// </remarks>
public sealed class PosteriorStream
{
    private readonly IPosteriorModel _model;
    private readonly PosteriorHandler _handler;
    private readonly SampleBlocks _blocks;
    private readonly FeatureStream _features;
    private readonly FeatureWindow _window;
    private readonly SpeechGate _gate;
    private readonly RoomTone _room;
    private readonly WindowTiming _timing;
    private readonly SpotterSettings _settings;
    private readonly WindowEvaluator _evaluator;
    private readonly float[] _frames, _posteriors, _embedding, _held;
    private int _heldBlocks;
    private bool _hasBegun, _isComplete;

    /// <summary>Prepares a stream.</summary>
    /// <param name="model">The model; several streams may share one that allows it (<see cref="IPosteriorModel"/>).</param>
    /// <param name="sampleRate">The rate (Hz) of the samples that will be pushed, within <see cref="SampleRates"/>. There is no default, because a wrong rate cannot be detected: the model would only recognise nothing.</param>
    /// <param name="settings">Interval, gate and silence; of the decision settings only the smoothing span is used, for the length of the tail.</param>
    /// <param name="handler">Receives the posteriors of each window, during <see cref="Push"/> or <see cref="Complete"/>.</param>
    /// <exception cref="ArgumentException">Settings or rate are out of range, or the window has no whole frame; the message says what is wrong.</exception>
    public PosteriorStream(IPosteriorModel model, int sampleRate, SpotterSettings settings, PosteriorHandler handler)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(handler);
        StreamRate.Check(sampleRate);
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
        _evaluator = new WindowEvaluator(model, _window, extractor.Bins, _timing.Frames, _timing.Hop);
        _held = new float[model.Features.HopSamples * _timing.FirstBlocks];
        _posteriors = new float[model.Classes.Count];
        _embedding = new float[model.EmbeddingSize];
        SampleRate = sampleRate;
        _blocks = new SampleBlocks(sampleRate, model.Features.SampleRate, model.Features.HopSamples, Take);
    }

    /// <summary>The rate of the samples (Hz).</summary>
    public int SampleRate { get; }

    /// <summary>The time between two windows in milliseconds.</summary>
    public double HopMs => 1000 * _timing.Hop * _timing.FrameSeconds;

    /// <summary>The length of the model's window in milliseconds.</summary>
    public double WindowMs => 1000.0 * _model.WindowSamples / _model.Features.SampleRate;

    /// <summary>How much sound was pushed, in seconds.</summary>
    public double Duration => (double)_blocks.Received / SampleRate;

    /// <summary>How often the model was evaluated.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Sees frames and windows; null (default) for none.</summary>
    public IStreamObserver? Observer { get; set; }

    /// <summary>Adds the next samples and evaluates every window that they complete.</summary>
    /// <param name="samples">Any number of samples at <see cref="SampleRate"/>, in −1…1.</param>
    /// <exception cref="SampleStreamException">A sample is not finite or is beyond ±256; none of these samples were added.</exception>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Push(ReadOnlySpan<float> samples)
    {
        if (_isComplete) throw new InvalidOperationException("The stream is complete; Reset() begins a new one.");
        _blocks.Push(samples);
    }

    /// <summary>Ends the stream: adds the tail, at least enough to fill the first window, and evaluates the remaining windows.</summary>
    public void Complete()
    {
        if (_isComplete) return;
        _isComplete = true;
        if (_blocks.Received == 0) return;
        // A stream shorter than a window is cut around its sound, whose quietest part need not be the room: it lies in silence, as a clip does.
        bool isShort = !_hasBegun;
        if (isShort) Begin(isShort: true);
        int tail = _timing.TailSamples(Duration);
        _blocks.Complete(isShort ? new float[tail] : _room.Make(tail));
    }

    /// <summary>Begins a new stream and discards everything so far.</summary>
    public void Reset()
    {
        _blocks.Reset();
        _features.Reset();
        _window.Reset();
        _evaluator.Reset();
        _gate.Reset();
        _room.Reset();
        (_heldBlocks, _hasBegun, _isComplete, Evaluations) = (0, false, false, 0);
    }

    /// <summary>Where the loudest sound of the last evaluated window begins and ends, in seconds.</summary>
    internal (double Start, double End) LoudestStretch()
    {
        long last = _window.Count - 1, first = last - _timing.Frames + 1;
        (long from, long to) = _gate.LoudestStretch(first, last, _timing.LongestGap);
        return (Seconds(from), Math.Min(Duration, Seconds(to + 1)));

        double Seconds(long block) => Math.Max(0, (block - _timing.LeadBlocks) * _timing.FrameSeconds);
    }

    /// <summary>Holds the blocks of the first window back, because only they tell what the room before them sounds like.</summary>
    private void Take(ReadOnlySpan<float> block)
    {
        if (_hasBegun)
        {
            Add(block);
            return;
        }
        block.CopyTo(_held.AsSpan(_heldBlocks++ * block.Length));
        if (_heldBlocks == _timing.FirstBlocks) Begin(isShort: false);
    }

    /// <summary>Puts the room, or silence, before the blocks that were held back, and goes on with them.</summary>
    private void Begin(bool isShort)
    {
        _hasBegun = true;
        int size = _model.Features.HopSamples;
        for (int i = 0; i < _heldBlocks; i++) _room.Add(Held(i), SpeechGate.PowerAboutMean(Held(i)));
        float[] lead = isShort ? new float[_timing.LeadBlocks * size] : _room.Make(_timing.LeadBlocks * size);
        _room.Reset();
        for (int at = 0; at < lead.Length; at += size) Evaluate(lead.AsSpan(at, size));
        for (int i = 0; i < _heldBlocks; i++) Add(Held(i));

        ReadOnlySpan<float> Held(int i) => _held.AsSpan(i * size, size);
    }

    private void Add(ReadOnlySpan<float> block)
    {
        Evaluate(block);
        _room.Add(block, _gate.LastPower);
    }

    private void Evaluate(ReadOnlySpan<float> block)
    {
        _gate.Push(block);
        _features.Write(block);
        if (!_timing.IsDue(_gate.Count)) return;
        // All frames since the last window at once, which costs less than one by one.
        while (_features.Read(_frames) is var read and > 0)
        {
            for (int frame = 0; frame < read; frame++)
            {
                var values = _frames.AsSpan(frame * _features.Bins, _features.Bins);
                _window.Add(values);
                Observer?.OnFrame(values);
                if (_timing.StepOf(_window.Count) is >= 0 and var step) Evaluate(step);
            }
        }
    }

    private void Evaluate(long step)
    {
        long first = _window.Count - _timing.Frames;
        bool isEvaluated = _gate.LastAudible >= first && (_settings.Gate is null || _gate.LastActive >= first - _timing.Hangover);
        if (isEvaluated)
        {
            _evaluator.Run(_posteriors, _embedding);
            Evaluations++;
        }
        else
        {
            _posteriors.AsSpan().Clear();
            _embedding.AsSpan().Clear();
        }

        double time = Math.Min(_timing.Time(step), _isComplete ? Duration : double.PositiveInfinity);
        var present = new PosteriorStep(step, time, isEvaluated);
        Observer?.OnStep(present, _posteriors);
        _handler(present, _posteriors, _embedding);
    }
}
