using System.Numerics;

namespace Mingling.Training.Data;

/// <summary>The mean of each feature bin over a clip.</summary>
internal static class BinMeans
{
    /// <summary>Subtracts each bin's mean from features [frames, bins], in place.</summary>
    public static void Subtract(Span<float> frames, int bins)
    {
        Span<float> means = stackalloc float[bins];
        means.Clear();
        int count = frames.Length / bins;
        for (int frame = 0; frame < count; frame++) Add(means, frames.Slice(frame * bins, bins), 1);
        foreach (ref float mean in means) mean /= count;
        for (int frame = 0; frame < count; frame++) Add(frames.Slice(frame * bins, bins), means, -1);
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        int i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + factor * new Vector<float>(values[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++) sum[i] += factor * values[i];
    }
}
