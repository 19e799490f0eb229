namespace Mingling.Recognition.Streaming;

/// <summary>
/// The last frames of a feature stream, in the layout of a model's input: [bins, frames]. Each bin has a ring that is written twice, a
/// length apart, so that the last frames always lie in one piece.
/// </summary>
internal sealed class FeatureWindow(int bins, int frames)
{
    private readonly float[] _rings = new float[bins * 2 * frames];

    /// <summary>Frames added so far.</summary>
    public long Count { get; private set; }

    public void Add(ReadOnlySpan<float> frame)
    {
        int place = (int)(Count % frames);
        for (int bin = 0; bin < bins; bin++)
        {
            int at = (bin * 2 * frames) + place;
            _rings[at] = _rings[at + frames] = frame[bin];
        }

        Count++;
    }

    /// <summary>Copies the last frames, the oldest first; there must be as many.</summary>
    /// <param name="features">Receives [bins, frames].</param>
    public void CopyTo(Span<float> features)
    {
        int oldest = (int)(Count % frames);
        for (int bin = 0; bin < bins; bin++)
            _rings.AsSpan((bin * 2 * frames) + oldest, frames).CopyTo(features.Slice(bin * frames, frames));
    }

    /// <summary>Copies the latest frames, the oldest of them first; there must be as many.</summary>
    /// <param name="features">Receives [bins, count].</param>
    /// <param name="count">How many, at most as many as are kept.</param>
    public void CopyTo(Span<float> features, int count)
    {
        int first = (int)(Count % frames) + frames - count;
        for (int bin = 0; bin < bins; bin++)
            _rings.AsSpan((bin * 2 * frames) + first, count).CopyTo(features.Slice(bin * count, count));
    }

    public void Reset() => Count = 0;
}
