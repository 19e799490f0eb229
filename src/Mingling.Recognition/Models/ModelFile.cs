namespace Mingling.Recognition.Models;

/// <summary>Model files: ONNX with a <see cref="ModelCard"/> in the metadata. The graph is neither parsed nor changed here.</summary>
public static class ModelFile
{
    private const long Largest = 1 << 30;

    /// <summary>Reads the card of a model file, and checks that the file is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelException">The file is missing, cut short, damaged, of another format, or no model of Mingling.</exception>
    public static ModelCard ReadCard(string path) => Open(path).Card;

    /// <summary>
    /// Changes the card of a model file: reads it, and writes what becomes of it, in one turn. Of several processes that change a file at the
    /// same time, each changes what the one before has written, so that no change is lost.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="change">Gives the new card for the present one; it must describe the same graph. What it throws ends the call.</param>
    /// <param name="destination">Where to write; null for the same file.</param>
    /// <returns>The new card.</returns>
    /// <inheritdoc cref="WriteCard(string, ModelCard)" path="/exception"/>
    public static ModelCard Update(string path, Func<ModelCard, ModelCard> change, string? destination = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(change);
        using var turn = FileTurn.Take(destination ?? path);
        var card = change(ReadCard(path));
        WriteCard(path, card, destination ?? path);
        return card;
    }

    /// <summary>
    /// Gives a model file another card. The file is replaced whole or not at all. To change a card that others may change too, call
    /// <see cref="Update"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="card">The new card; it must describe the same graph.</param>
    /// <exception cref="ModelException">
    /// The file cannot be read or written, the card has values out of range, or it describes another graph (classes, size of the
    /// embedding, bins, window, input); the file stays as it was.
    /// </exception>
    public static void WriteCard(string path, ModelCard card) => WriteCard(path, card, path);

    /// <summary>Writes a model file with another card to another place. A file that is there is replaced whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="card">The new card; it must describe the same graph.</param>
    /// <param name="destination">Where to write; may be <paramref name="path"/>.</param>
    /// <inheritdoc cref="WriteCard(string, ModelCard)" path="/exception"/>
    public static void WriteCard(string path, ModelCard card, string destination)
    {
        ArgumentNullException.ThrowIfNull(card);
        var model = Open(path);
        var old = model.Card;
        bool same = old.Classes.SequenceEqual(card.Classes, StringComparer.Ordinal) && old.EmbeddingSize == card.EmbeddingSize
            && old.Features == card.Features && old.WindowSeconds.Equals(card.WindowSeconds) && old.Input == card.Input
            && old.Stream == card.Stream;
        if (!same) throw new ModelException($"the new card does not fit the graph of {path}; classes, front end, window and embedding cannot change.");
        WriteSealed(destination, SealedModel.Seal(path, model.Bytes, card));
    }

    /// <summary>Makes a model file of an ONNX model: adds the card, or replaces the one it has. Every other byte stays.</summary>
    /// <param name="name">What to call the model in messages.</param>
    /// <param name="model">The bytes of an ONNX model, with inputs and outputs named as in <see cref="GraphNames"/>.</param>
    /// <param name="card">The card, which must describe the graph.</param>
    /// <returns>The bytes of the model file.</returns>
    /// <exception cref="ModelException">The bytes are no ONNX model, or the card has values out of range.</exception>
    public static byte[] Seal(string name, byte[] model, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(card);
        return SealedModel.Seal(name, model, card);
    }

    /// <summary>Writes a model file, whole or not at all.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="model">The bytes of a model file, as <see cref="Seal"/> gives them.</param>
    /// <exception cref="ModelException">The bytes are no whole model file, or the file could not be written; what was there before is still there.</exception>
    public static void Write(string path, byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        WriteSealed(path, SealedModel.Open(path, model).Bytes);
    }

    internal static SealedModel Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (BaseModel.IsNamed(path)) return SealedModel.Open(path, BaseModel.Read());
        byte[] bytes;
        try
        {
            if (Directory.Exists(path)) throw new ModelException($"{path} is a folder; name a model file.");
            bytes = ReadWhole(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(new Remark("model.unreadable", $"{path} could not be read: {e.Message.ReplaceLineEndings(" ")}", ("name", path)), e);
        }
        return SealedModel.Open(path, bytes);
    }

    private static byte[] ReadWhole(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long length = stream.CanSeek ? stream.Length : 0;
        using var bytes = new MemoryStream((int)Math.Min(length, Largest));
        // Read and not only measured: a pipe or a device has no length, and may never end.
        byte[] piece = new byte[1 << 16];
        bool isTooLarge = length > Largest;
        while (!isTooLarge && stream.Read(piece, 0, (int)Math.Min(piece.Length, Largest + 1 - bytes.Length)) is var read and > 0)
        {
            bytes.Write(piece, 0, read);
            isTooLarge = bytes.Length > Largest;
        }
        if (isTooLarge) throw new ModelException($"{path} is larger than a model of Mingling can be (1 GiB).");
        return bytes.Capacity == bytes.Length ? bytes.GetBuffer() : bytes.ToArray();
    }

    /// <exception cref="ModelException">The file could not be written; what was there before is still there.</exception>
    private static void WriteSealed(string path, byte[] model)
    {
        if (BaseModel.IsNamed(path)) throw new ModelException("the base encoder cannot be changed; name another file to write.");
        try
        {
            WholeFile.Write(path, stream => stream.Write(model));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(new Remark("model.unwritable", $"{path} could not be written: {e.Message.ReplaceLineEndings(" ")}", ("name", path)), e);
        }
    }
}
