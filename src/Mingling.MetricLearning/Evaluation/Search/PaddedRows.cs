using System.Numerics;

namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// A copy of embeddings laid out for <see cref="DistanceBlock"/>: rows filled up with zeros to whole vectors, and empty rows added to
/// whole tiles, so that the inner loop has no remainders and equal rows have equal distances to the last bit.
/// </summary>
internal sealed class PaddedRows<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal PaddedRows(EmbeddingSet<T> set)
    {
        Count = set.Count;
        Stride = RoundUp(set.Dimension, Vector<T>.Count);
        Values = new T[RoundUp(set.Count, DistanceBlock.TileRows) * Stride];
        for (int row = 0; row < set.Count; row++) set.Row(row).CopyTo(Values.AsSpan(row * Stride));
    }

    internal int Count { get; }

    internal int Stride { get; }

    internal T[] Values { get; }

    private static int RoundUp(int value, int unit) => checked((value + unit - 1) / unit * unit);
}
