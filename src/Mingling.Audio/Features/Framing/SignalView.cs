namespace Mingling.Audio;

/// <summary>A signal of <c>Length</c> samples of which a part is held in memory: all of a clip, the recent past of a stream.</summary>
/// <param name="held">The samples in memory.</param>
/// <param name="heldFrom">The place of the first of them in the signal.</param>
/// <param name="length">The samples of the whole signal, as far as it is known.</param>
internal readonly ref struct SignalView(ReadOnlySpan<float> held, long heldFrom, long length)
{
    private readonly ReadOnlySpan<float> _held = held;

    /// <summary>Whether the places from <paramref name="start"/> on are all in memory.</summary>
    public bool Holds(long start, int count) => start >= heldFrom && start + count <= length;

    /// <summary>The samples at these places, without copying; they must be held.</summary>
    public ReadOnlySpan<float> Slice(long start, int count) => _held.Slice((int)(start - heldFrom), count);

    /// <summary>Copies the samples at these places, mirrored where they lie beyond the edges.</summary>
    public void CopyTo(long start, Span<float> destination, FrameLayout layout)
    {
        long inside = Math.Clamp(-start, 0, destination.Length);
        long insideEnd = Math.Clamp(length - start, inside, destination.Length);
        for (int i = 0; i < inside; i++) destination[i] = Reflected(start + i, layout);
        if (insideEnd > inside)
            Slice(start + inside, (int)(insideEnd - inside)).CopyTo(destination[(int)inside..]);
        for (int i = (int)insideEnd; i < destination.Length; i++) destination[i] = Reflected(start + i, layout);
    }

    private float Reflected(long place, FrameLayout layout) => _held[(int)(layout.Reflect(place, length) - heldFrom)];
}
