using System.Numerics;
using System.Runtime.InteropServices;
using Mingling.Training.Encoders.Kernels;
using Mingling.Training.Ranks;
using Mingling.Training.Workers;
using static TorchSharp.torch;

namespace Mingling.Training.Passes;

/// <summary>Adds the gradients of micro-batches up, always in the order of their numbers, so that the sum is the same whoever computed them.</summary>
/// <param name="pool">The threads.</param>
/// <param name="ranks">The processes. Each adds up a part of the values, and all get the sums.</param>
internal sealed class GradientSum(WorkPool pool, ProcessGroup ranks)
{
    /// <summary>Values that a thread adds at once.</summary>
    private const int Block = 1 << 14;

    /// <summary>Adds the sum of all gradients to a tensor.</summary>
    /// <param name="own">Those of this process, in the order of the micro-batches; all are as long as the tensor.</param>
    /// <param name="target">Float32, contiguous.</param>
    public void AddTo(Tensor target, IReadOnlyList<float[]> own)
    {
        int length = (int)target.numel();
        if (ranks.Count == 1)
        {
            ForBlocks(length, (from, count) => Sum(own, from, Planes.Values(target).Slice(from, count)));
            return;
        }
        byte[][] received = ranks.Exchange([.. Enumerable.Range(0, ranks.Count).Select(rank => Slices(own, SliceOf(rank, length)))]);
        var (_, mine) = SliceOf(ranks.Rank, length).GetOffsetAndLength(length);
        float[][] parts = [.. received.SelectMany(bytes => MemoryMarshal.Cast<byte, float>(bytes).ToArray().Chunk(Math.Max(1, mine)))];
        float[] sums = new float[mine];
        ForBlocks(mine, (from, count) => Sum(parts, from, sums.AsSpan(from, count)));
        byte[] all = [.. ranks.Gather(MemoryMarshal.AsBytes(sums.AsSpan()).ToArray()).SelectMany(bytes => bytes)];
        float[][] total = [MemoryMarshal.Cast<byte, float>(all).ToArray()];
        Sum(total, 0, Planes.Values(target));
    }

    private Range SliceOf(int rank, int length) => (int)((long)length * rank / ranks.Count)..(int)((long)length * (rank + 1) / ranks.Count);

    private static byte[] Slices(IReadOnlyList<float[]> own, Range slice) => [.. own.SelectMany(gradient => MemoryMarshal.AsBytes(gradient.AsSpan(slice)).ToArray())];

    private void ForBlocks(int length, Action<int, int> work) =>
        pool.Run((length + Block - 1) / Block, (_, block) => work(block * Block, Math.Min(Block, length - block * Block)));

    /// <summary>target[i] += parts[0][from + i] + parts[1][from + i] + …</summary>
    private static void Sum(IReadOnlyList<float[]> parts, int from, Span<float> target)
    {
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var sum = new Vector<float>(parts[0], from + i);
            for (int part = 1; part < parts.Count; part++) sum += new Vector<float>(parts[part], from + i);
            (new Vector<float>(target[i..]) + sum).CopyTo(target[i..]);
        }
        for (; i < target.Length; i++)
        {
            float sum = parts[0][from + i];
            for (int part = 1; part < parts.Count; part++) sum += parts[part][from + i];
            target[i] += sum;
        }
    }
}
