using System.Runtime.InteropServices;

namespace Mingling.Training.Graphs.Onnx;

/// <summary>TensorProto: a constant, row by row.</summary>
internal sealed record OnnxTensor(string Name, OnnxType Type, long[] Shape, byte[] Data) : IOnnxMessage
{
    public static OnnxTensor FromValues<T>(string name, OnnxType type, long[] shape, ReadOnlySpan<T> values)
        where T : unmanaged => new(name, type, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values of a tensor of floats.</summary>
    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(Data);

    public void WriteTo(OnnxWriter writer)
    {
        writer.Numbers(1, Shape);
        writer.Number(2, (long)Type);
        writer.Text(8, Name);
        writer.Raw(9, Data);
    }
}
