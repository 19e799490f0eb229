using System.Numerics;

namespace Mingling.Training.Data;

/// <summary>The mean of each feature bin over a clip. Features are [frames, bins].</summary>
internal static class BinMeans
{
    /// <summary>Raises values that lie further than <paramref name="range"/> below the largest one, in place.</summary>
    public static void Raise(Span<float> frames, float range)
    {
        if (float.IsInfinity(range)) return;
        float largest = float.NegativeInfinity;
        int i = 0;
        var largests = new Vector<float>(largest);
        for (; i <= frames.Length - Vector<float>.Count; i += Vector<float>.Count) largests = Vector.Max(largests, new Vector<float>(frames[i..]));
        for (int lane = 0; lane < Vector<float>.Count; lane++) largest = Math.Max(largest, largests[lane]);
        for (; i < frames.Length; i++) largest = Math.Max(largest, frames[i]);
        float floor = largest - range;
        for (i = 0; i <= frames.Length - Vector<float>.Count; i += Vector<float>.Count) Vector.Max(new Vector<float>(frames[i..]), new Vector<float>(floor)).CopyTo(frames[i..]);
        for (; i < frames.Length; i++) frames[i] = Math.Max(frames[i], floor);
    }

    /// <summary>Measures the mean of each bin.</summary>
    public static void Measure(ReadOnlySpan<float> frames, int bins, Span<float> means)
    {
        means.Clear();
        int count = frames.Length / bins;
        for (int frame = 0; frame < count; frame++) AddTo(means, frames.Slice(frame * bins, bins), 1f / count);
    }

    /// <summary>Adds each bin's mean times a factor to every frame, in place.</summary>
    public static void Add(Span<float> frames, ReadOnlySpan<float> means, float factor)
    {
        for (int at = 0; at < frames.Length; at += means.Length) AddTo(frames.Slice(at, means.Length), means, factor);
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        int i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + factor * new Vector<float>(values[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++) sum[i] += factor * values[i];
    }
}
