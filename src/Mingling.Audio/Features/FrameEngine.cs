namespace Mingling.Audio;

/// <summary>The one way from samples to frames, for whole clips and streams: step 1 of docs/front-end.md, and the scratch of all others.</summary>
internal sealed class FrameEngine
{
    private readonly FeatureTables _tables;
    private readonly FrameKernel<ScalarLane> _single;
    private readonly FrameKernel<WideLane>? _wide;
    private readonly PcenSmoother? _pcen;
    private readonly float[] _mirrored;

    public FrameEngine(FeatureTables tables, bool vectorized)
    {
        _tables = tables;
        _single = new FrameKernel<ScalarLane>(tables);
        _wide = vectorized ? new FrameKernel<WideLane>(tables) : null;
        _pcen = tables.Settings.Compression == FeatureCompression.Pcen ? new PcenSmoother(tables.Settings) : null;
        int width = vectorized ? WideLane.Width : 1;
        _mirrored = new float[((width - 1) * tables.Layout.Hop) + tables.Layout.Window];
    }

    public FeatureTables Tables => _tables;

    public bool IsVectorized => _wide is not null;

    /// <summary>How many frames cost little more than one.</summary>
    public int FramesAtOnce => _wide is null ? 1 : WideLane.Width;

    /// <summary>Forgets the frames so far: the next one is the first of a signal.</summary>
    public void Reset() => _pcen?.Reset();

    /// <summary>Computes [count, bins] for the frames from <paramref name="first"/> on; they must follow those of the last call.</summary>
    public void Compute(SignalView signal, long first, int count, Span<float> rows)
    {
        int bins = _tables.Settings.Bins;
        for (int done = 0; done < count;)
        {
            var rest = rows[(done * bins)..];
            done += _wide is not null && count - done > 1
                ? Run(_wide, signal, first + done, count - done, rest)
                : Run(_single, signal, first + done, 1, rest);
        }

        _pcen?.Apply(rows[..(count * bins)]);
    }

    private int Run<TLane>(FrameKernel<TLane> kernel, SignalView signal, long first, int wanted, Span<float> rows)
        where TLane : unmanaged, ILane<TLane>
    {
        var layout = _tables.Layout;
        int frames = Math.Min(wanted, TLane.Width);
        int span = ((TLane.Width - 1) * layout.Hop) + layout.Window;
        long start = layout.Start(first);
        if (signal.Holds(start, span))
        {
            kernel.Compute(signal.Slice(start, span), frames, rows);
            return frames;
        }

        int used = ((frames - 1) * layout.Hop) + layout.Window;
        signal.CopyTo(start, _mirrored.AsSpan(0, used), layout);
        _mirrored.AsSpan(used).Clear();
        kernel.Compute(_mirrored.AsSpan(0, span), frames, rows);
        return frames;
    }
}
