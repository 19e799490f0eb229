using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Mingling.Training.Storage;

/// <summary>
/// Tensors by name in the safetensors format: eight bytes with the header's length, the header as JSON (type, shape and place of
/// each tensor, and free text under <c>__metadata__</c>), then the raw little-endian data. The metadata carries the SHA-256 of the data,
/// so that a damaged file is told from a whole one.
/// </summary>
public static class Safetensors
{
    private const string Metadata = "__metadata__", Checksum = "sha256";
    private const int LongestHeader = 64 << 20, MostDimensions = 32;

    private static readonly Dictionary<ScalarType, string> TypeNames = new()
    {
        [ScalarType.Float64] = "F64",
        [ScalarType.Float32] = "F32",
        [ScalarType.Float16] = "F16",
        [ScalarType.BFloat16] = "BF16",
        [ScalarType.Int64] = "I64",
        [ScalarType.Int32] = "I32",
        [ScalarType.Int16] = "I16",
        [ScalarType.Int8] = "I8",
        [ScalarType.Byte] = "U8",
        [ScalarType.Bool] = "BOOL",
    };

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="tensors">The tensors on the CPU, in the order in which they are to be stored.</param>
    /// <param name="metadata">Texts to store beside them.</param>
    /// <exception cref="CheckpointException">The file could not be written; what was there before is still there.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long offset = 0;
        foreach (var (name, tensor) in tensors)
        {
            using var data = tensor.contiguous();
            hash.AppendData(data.bytes);
            long end = offset + data.bytes.Length;
            header[name] = new JsonObject
            {
                ["dtype"] = TypeNames.TryGetValue(tensor.dtype, out string? type)
                    ? type : throw new ArgumentException($"{name} is of type {tensor.dtype}, which the format does not have.", nameof(tensors)),
                ["shape"] = new JsonArray([.. tensor.shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        var texts = new JsonObject { [Checksum] = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        foreach (var (key, value) in metadata) texts[key] = value;
        header[Metadata] = texts;

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        byte[] padded = new byte[(json.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        OutputFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, padded.Length);
            stream.Write(length);
            stream.Write(padded);
            foreach (var (_, tensor) in tensors)
            {
                using var data = tensor.contiguous();
                stream.Write(data.bytes);
            }
        });
    }

    /// <summary>Reads a file and checks that it is whole.</summary>
    /// <returns>Its tensors, which the caller disposes, and its texts.</returns>
    /// <exception cref="CheckpointException">The file is missing, cut short, damaged or of another format.</exception>
    public static SafetensorsFile Read(string path)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} could not be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Reads a file that is in memory.</summary>
    internal static SafetensorsFile Read(string path, byte[] bytes)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            using var header = ParseHeader(path, bytes, out int dataStart);
            var data = bytes.AsMemory(dataStart);
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            if (header.RootElement.TryGetProperty(Metadata, out var stored))
                foreach (var text in stored.EnumerateObject()) texts[text.Name] = text.Value.GetString()!;
            if (texts.Remove(Checksum, out string? checksum) && checksum != Convert.ToHexStringLower(SHA256.HashData(data.Span)))
                throw Damaged(path, "its data do not match their checksum");

            foreach (var entry in header.RootElement.EnumerateObject())
                if (entry.Name != Metadata) tensors[entry.Name] = ReadTensor(path, entry, data.Span);
            return new SafetensorsFile(tensors, texts);
        }
        catch (Exception e)
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            if (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
                or OverflowException or IndexOutOfRangeException or ArgumentException)
                throw Damaged(path, "its header cannot be understood", e);
            throw;
        }
    }

    private static JsonDocument ParseHeader(string path, byte[] bytes, out int dataStart)
    {
        if (bytes.Length < 8) throw Damaged(path, $"it has only {bytes.Length} bytes");
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length is <= 0 or > LongestHeader || length > bytes.Length - 8) throw Damaged(path, "its header is cut short or is not one");
        dataStart = 8 + (int)length;
        return JsonDocument.Parse(bytes.AsMemory(8, (int)length));
    }

    private static Tensor ReadTensor(string path, JsonProperty entry, ReadOnlySpan<byte> data)
    {
        string typeName = entry.Value.GetProperty("dtype").GetString()!;
        var type = TypeNames.FirstOrDefault(pair => pair.Value == typeName);
        if (type.Value is null) throw Damaged(path, $"{entry.Name} has the unknown type {typeName}");
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())];
        long from = entry.Value.GetProperty("data_offsets")[0].GetInt64(), to = entry.Value.GetProperty("data_offsets")[1].GetInt64();
        if (from < 0 || to < from || to > data.Length) throw Damaged(path, $"the data of {entry.Name} are cut short");

        if (shape.Length > MostDimensions) throw Damaged(path, $"{entry.Name} has {shape.Length} dimensions");
        // An empty tensor has strides as well, which libtorch computes without looking at an overflow.
        _ = shape.Aggregate(1L, (product, n) => checked(product * Math.Max(n, 1)));
        long size = shape.Aggregate(ElementSize(typeName), (product, n) => checked(product * (n < 0 ? throw new OverflowException() : n)));
        if (size != to - from) throw Damaged(path, $"the data of {entry.Name} do not fit its shape");
        var tensor = empty(shape, type.Key);
        data[(int)from..(int)to].CopyTo(tensor.bytes);
        return tensor;
    }

    private static long ElementSize(string typeName) => typeName switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" or "I16" => 2,
        _ => 1,
    };

    private static CheckpointException Damaged(string path, string how, Exception? cause = null)
    {
        string message = $"{path} is not a whole safetensors file: {how}.";
        return cause is null ? new CheckpointException(message) : new CheckpointException(message, cause);
    }
}
