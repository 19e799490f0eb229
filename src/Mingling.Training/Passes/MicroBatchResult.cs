using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mingling.Training.Passes;

/// <summary>What a micro-batch gives for the joint loss.</summary>
internal sealed record MicroBatchResult
{
    /// <summary>The place of each embedding among all decisions of the batch: the row of the clip times the decisions of a clip, plus the decision.</summary>
    public required int[] Places { get; init; }

    /// <summary>The class of each embedding.</summary>
    public required long[] Labels { get; init; }

    /// <summary>The embeddings, [n, D].</summary>
    public required float[] Embeddings { get; init; }

    /// <summary>What the dynamic filter makes of each clip, [n, 2 · bins]; empty without one.</summary>
    public required float[] Filtered { get; init; }

    /// <summary>The posteriors of the teachers, [n, C]; empty without any.</summary>
    public required float[] Taught { get; init; }

    /// <summary>Mean and variance of each channel of each batch norm; empty where the encoder is frozen.</summary>
    public required float[] Statistics { get; init; }

    /// <summary>Appends the result to bytes for the other processes.</summary>
    public void Write(List<byte> bytes)
    {
        Add<int>(Places);
        Add<long>(Labels);
        foreach (float[] values in new[] { Embeddings, Filtered, Taught, Statistics }) Add<float>(values);

        void Add<T>(T[] values) where T : unmanaged
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, values.Length);
            bytes.AddRange(length);
            bytes.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    /// <summary>Reads a result, and moves on behind it.</summary>
    public static MicroBatchResult Read(ref ReadOnlySpan<byte> bytes) => new()
    {
        Places = Take<int>(ref bytes),
        Labels = Take<long>(ref bytes),
        Embeddings = Take<float>(ref bytes),
        Filtered = Take<float>(ref bytes),
        Taught = Take<float>(ref bytes),
        Statistics = Take<float>(ref bytes),
    };

    private static T[] Take<T>(ref ReadOnlySpan<byte> bytes) where T : unmanaged
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var values = new T[length];
        var target = MemoryMarshal.AsBytes(values.AsSpan());
        bytes.Slice(sizeof(int), target.Length).CopyTo(target);
        bytes = bytes[(sizeof(int) + target.Length)..];
        return values;
    }
}
