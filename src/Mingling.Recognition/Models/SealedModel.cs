using System.Security.Cryptography;
using System.Text;

namespace Mingling.Recognition.Models;

/// <summary>
/// An ONNX file with a card. The card is a property of the model's metadata, beside the SHA-256 of everything else in the file, so
/// that a single flipped bit is found before the graph is loaded.
/// </summary>
internal sealed class SealedModel
{
    private const string CardKey = "mingling.card", ChecksumKey = "mingling.sha256";
    private const int LargestProperty = 1 << 26;
    private const int Graph = 7, MetadataProperty = 14, Key = 1, Value = 2;

    private SealedModel(byte[] bytes, ModelCard card) => (Bytes, Card) = (bytes, card);

    /// <summary>The whole file.</summary>
    public byte[] Bytes { get; }

    /// <summary>Its card.</summary>
    public ModelCard Card { get; }

    /// <summary>Checks a file and reads its card.</summary>
    /// <exception cref="ModelException">It is no whole model file of Mingling.</exception>
    public static SealedModel Open(string name, byte[] bytes)
    {
        var fields = Fields(name, bytes);
        string? card = null, checksum = null;
        foreach (var field in fields.Where(field => field.Number == MetadataProperty))
        {
            var (key, value) = Property(name, bytes, field);
            if (key == CardKey) card = value;
            if (key == ChecksumKey) checksum = value;
        }
        if (card is null) throw new ModelException(new Remark("model.foreign", $"{name} is an ONNX model without the card of Mingling; make one with 'mingling export'.", ("name", name)));
        if (checksum != Checksum(name, bytes, fields)) throw new ModelException(new Remark("model.damaged", $"{name} is damaged: its content does not match its checksum.", ("name", name)));
        return new SealedModel(bytes, ModelCardJson.Read(name, card));
    }

    /// <summary>The bytes of a model with this card in place of the one that it may have; every other byte stays.</summary>
    /// <param name="name">What to call the model in a message.</param>
    /// <param name="model">An ONNX model, with or without a card.</param>
    /// <param name="card">The card.</param>
    public static byte[] Seal(string name, byte[] model, ModelCard card) => SealText(name, model, ModelCardJson.Write(card));

    /// <summary>The same with the text of a card, whatever it says.</summary>
    internal static byte[] SealText(string name, byte[] model, string card)
    {
        using var stream = new MemoryStream(model.Length + 4096);
        foreach (var field in Fields(name, model))
        {
            if (field.Number == MetadataProperty && Property(name, model, field).Key is CardKey or ChecksumKey) continue;
            stream.Write(model.AsSpan(field.Whole));
        }
        WriteProperty(stream, CardKey, card);
        byte[] unsealed = stream.ToArray();
        WriteProperty(stream, ChecksumKey, Checksum(name, unsealed, Fields(name, unsealed)));
        return stream.ToArray();
    }

    private static List<WireField> Fields(string name, byte[] bytes)
    {
        try
        {
            var fields = WireFormat.Fields(bytes);
            if (!fields.Any(field => field.Number == Graph)) throw new InvalidDataException("it is cut short or is not an ONNX model");
            return fields;
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(new Remark("model.unusable", $"{name} cannot be used: {e.Message}.", ("name", name)), e);
        }
    }

    private static (string Key, string Value) Property(string name, byte[] bytes, WireField field)
    {
        var message = bytes.AsSpan(field.Payload);
        if (message.Length > LargestProperty) throw new ModelException($"{name} has more in one property of its metadata than a card can hold (64 MiB).");
        string key = "", value = "";
        try
        {
            foreach (var part in WireFormat.Fields(message))
            {
                if (part.Number == Key) key = Encoding.UTF8.GetString(message[part.Payload]);
                if (part.Number == Value) value = Encoding.UTF8.GetString(message[part.Payload]);
            }
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(new Remark("model.damaged", $"{name} is damaged: its metadata cannot be read.", ("name", name)), e);
        }
        return (key, value);
    }

    private static void WriteProperty(MemoryStream stream, string key, string value)
    {
        using var property = new MemoryStream();
        WireFormat.Write(property, Key, Encoding.UTF8.GetBytes(key));
        WireFormat.Write(property, Value, Encoding.UTF8.GetBytes(value));
        WireFormat.Write(stream, MetadataProperty, property.ToArray());
    }

    private static string Checksum(string name, byte[] bytes, List<WireField> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in fields)
            if (field.Number != MetadataProperty || Property(name, bytes, field).Key != ChecksumKey) hash.AppendData(bytes.AsSpan(field.Whole));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
