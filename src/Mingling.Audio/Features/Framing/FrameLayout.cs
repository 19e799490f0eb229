namespace Mingling.Audio;

/// <summary>Which samples of a signal each frame covers, and which sample is used for a place beyond the edges.</summary>
internal sealed class FrameLayout
{
    private readonly FrameAlignment _alignment;
    private readonly int _hop;
    private readonly int _fft;
    private readonly int _firstStart;

    public FrameLayout(FeatureSettings settings)
    {
        _alignment = settings.Alignment;
        _hop = settings.HopSamples;
        _fft = settings.FftSize;
        Window = settings.WindowSamples;
        int insideFft = (settings.FftSize - settings.WindowSamples) / 2;
        _firstStart = settings.Alignment switch
        {
            FrameAlignment.SnipFft => insideFft,
            FrameAlignment.Centered => insideFft - (settings.FftSize / 2),
            FrameAlignment.CenteredKaldi => (settings.HopSamples / 2) - (settings.WindowSamples / 2),
            _ => 0,
        };
    }

    public int Window { get; }

    public int Hop => _hop;

    /// <summary>The number of frames of a whole signal; an empty one has none.</summary>
    public long FrameCount(long samples) => samples == 0 ? 0 : _alignment switch
    {
        FrameAlignment.Centered => 1 + (samples / _hop),
        FrameAlignment.CenteredKaldi => (samples + (_hop / 2)) / _hop,
        FrameAlignment.SnipFft => samples < _fft ? 0 : 1 + ((samples - _fft) / _hop),
        _ => samples < Window ? 0 : 1 + ((samples - Window) / _hop),
    };

    /// <summary>The place of the first sample of a frame's window; negative before the signal.</summary>
    public long Start(long frame) => _firstStart + (frame * _hop);

    /// <summary>
    /// Whether a frame is settled by the first <paramref name="samples"/> samples of a signal that goes on:
    /// its window ends within them, and what is mirrored in at the beginning is known.
    /// </summary>
    public bool IsSettled(long frame, long samples)
    {
        long start = Start(frame);
        return frame < FrameCount(samples) && start + Window <= samples && (start >= 0 || Mirrored(start) < samples);
    }

    /// <summary>
    /// The place inside a signal of <paramref name="samples"/> ≥ 1 samples whose sample is used for any place, inside or beyond the edges. A
    /// signal shorter than what is to be mirrored is mirrored repeatedly.
    /// </summary>
    public long Reflect(long place, long samples)
    {
        bool repeatEdge = _alignment == FrameAlignment.CenteredKaldi;
        if (samples == 1) return 0;
        // Mirrored once, as parts shorter than the signal are, it needs no division.
        long once = place < 0 ? Mirrored(place) : place < samples ? place : (2 * samples) - (repeatEdge ? 1 : 2) - place;
        if (once >= 0 && once < samples) return once;
        long period = repeatEdge ? 2 * samples : 2 * (samples - 1);
        place = ((place % period) + period) % period;
        if (place < samples) return place;
        return repeatEdge ? period - 1 - place : period - place;
    }

    private long Mirrored(long place) => _alignment == FrameAlignment.CenteredKaldi ? -place - 1 : -place;
}
