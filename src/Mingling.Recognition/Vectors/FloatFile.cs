using System.Buffers.Binary;

namespace Mingling.Recognition.Vectors;

/// <summary>A file of 32-bit floats, little endian, that is written piece by piece.</summary>
internal sealed class FloatFile(string path) : IDisposable
{
    private readonly FileStream _stream = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    private byte[] _bytes = [];

    public void Write(ReadOnlySpan<float> values)
    {
        int size = values.Length * sizeof(float);
        if (_bytes.Length < size) _bytes = new byte[size];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(_bytes.AsSpan(i * sizeof(float)), values[i]);
        _stream.Write(_bytes.AsSpan(0, size));
    }

    public static void Write(string path, ReadOnlySpan<float> values)
    {
        using var file = new FloatFile(path);
        file.Write(values);
    }

    public void Dispose() => _stream.Dispose();
}
