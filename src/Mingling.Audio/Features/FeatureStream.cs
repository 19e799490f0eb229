namespace Mingling.Audio;

/// <summary>
/// Computes the features of a signal that arrives in pieces of any size. The frames are those that
/// <see cref="FeatureExtractor.Compute(ReadOnlySpan{float})"/> gives for all pieces together, bit for bit.
/// A frame can be read as soon as the samples of its window are there; <see cref="Complete"/> releases the last ones, whose windows
/// reach beyond the end. Nothing is allocated once the buffer has grown to the longest piece; frames that are not read keep their
/// samples in memory. For one thread at a time.
/// </summary>
public sealed class FeatureStream
{
    private readonly FrameEngine _engine;
    private readonly FrameLayout _layout;
    private float[] _held;
    private int _heldCount;
    private long _heldFrom;
    private readonly float[] _ahead;
    private long _nextFrame;
    private int _aheadAt, _aheadCount;
    private bool _isComplete;

    /// <summary>Prepares a stream with its own tables.</summary>
    /// <param name="settings">A preset or own settings.</param>
    /// <exception cref="ArgumentException">The settings are wrong; the message names everything that is.</exception>
    public FeatureStream(FeatureSettings settings)
        : this(new FeatureExtractor(settings))
    {
    }

    /// <summary>Prepares a stream that shares the tables of an extractor.</summary>
    /// <param name="extractor">Any extractor; it may be in use elsewhere.</param>
    public FeatureStream(FeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        _engine = extractor.CreateEngine();
        _layout = _engine.Tables.Layout;
        _held = new float[4 * (_layout.Window + _layout.Hop)];
        _ahead = new float[_engine.FramesAtOnce * Bins];
    }

    /// <summary>The settings of the features.</summary>
    public FeatureSettings Settings => _engine.Tables.Settings;

    /// <summary>The number of values in a frame.</summary>
    public int Bins => Settings.Bins;

    /// <summary>The number of samples written since the beginning or the last <see cref="Reset"/>.</summary>
    public long SamplesWritten => _heldFrom + _heldCount;

    /// <summary>The number of frames read since the beginning or the last <see cref="Reset"/>.</summary>
    public long FramesRead => _nextFrame - _aheadCount;

    /// <summary>Adds samples to the signal.</summary>
    /// <param name="samples">Any number of samples at the settings' rate, in −1…1.</param>
    /// <exception cref="InvalidOperationException">The signal was completed.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (_isComplete) throw new InvalidOperationException("The stream is complete; Reset() begins a new signal.");
        if (_heldCount + samples.Length > _held.Length) MakeRoom(samples.Length);
        samples.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += samples.Length;
    }

    /// <summary>Says that the signal has ended, which settles the frames that reach beyond its end. Calling it again changes nothing.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>Begins a new signal; samples and frames so far are forgotten.</summary>
    public void Reset()
    {
        (_heldCount, _heldFrom, _nextFrame, _aheadAt, _aheadCount, _isComplete) = (0, 0, 0, 0, 0, false);
        _engine.Reset();
    }

    /// <summary>Reads the next frame.</summary>
    /// <param name="frame">Receives the frame; at least <see cref="Bins"/> long.</param>
    /// <returns>Whether there was one; false means that more samples are needed or, after <see cref="Complete"/>, that all frames were read.</returns>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public bool TryRead(Span<float> frame)
    {
        if (frame.Length < Bins) throw new ArgumentException($"A frame needs {Bins} places, not {frame.Length}.", nameof(frame));
        if (_aheadCount == 0)
        {
            // As many as there are lanes, where they are ready: together they cost little more than one.
            _aheadAt = 0;
            _aheadCount = Compute(_ahead);
        }
        return TakeAhead(frame[..Bins]) == 1;
    }

    /// <summary>Reads as many frames as are ready and fit.</summary>
    /// <param name="frames">Receives [count, Bins], row-major.</param>
    /// <returns>The number of frames read; 0 means that none is ready or that not even one fits.</returns>
    public int Read(Span<float> frames)
    {
        int taken = TakeAhead(frames);
        return taken + Compute(frames[(taken * Bins)..]);
    }

    /// <summary>Frames that were computed before they were asked for.</summary>
    private int TakeAhead(Span<float> frames)
    {
        int count = Math.Min(_aheadCount, frames.Length / Bins);
        _ahead.AsSpan(_aheadAt * Bins, count * Bins).CopyTo(frames);
        _aheadAt += count;
        _aheadCount -= count;
        return count;
    }

    private int Compute(Span<float> frames)
    {
        int count = 0, fitting = frames.Length / Bins;
        while (count < fitting && IsReady(_nextFrame + count)) count++;
        if (count == 0) return 0;
        _engine.Compute(new SignalView(_held.AsSpan(0, _heldCount), _heldFrom, SamplesWritten), _nextFrame, count, frames[..(count * Bins)]);
        _nextFrame += count;
        return count;
    }

    private bool IsReady(long frame) =>
        _isComplete ? frame < _layout.FrameCount(SamplesWritten) : _layout.IsSettled(frame, SamplesWritten);

    /// <summary>
    /// Forgets what no later frame needs, then grows if that is not enough. A window before the next frame's is kept, because the
    /// end may be mirrored into it.
    /// </summary>
    private void MakeRoom(int samples)
    {
        long keepFrom = Math.Clamp(_layout.Start(_nextFrame) - _layout.Window, _heldFrom, SamplesWritten);
        int kept = (int)(SamplesWritten - keepFrom);
        float[] source = _held;
        if (kept + samples > _held.Length) _held = new float[Math.Max(kept + samples, 2 * _held.Length)];
        source.AsSpan(_heldCount - kept, kept).CopyTo(_held);
        (_heldFrom, _heldCount) = (keepFrom, kept);
    }
}
