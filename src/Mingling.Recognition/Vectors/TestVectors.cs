using System.Text.Json;
using Mingling.Audio;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Vectors;

/// <summary>
/// Test vectors for recognisers in other languages: what this one computes from a model file and some sounds, on the whole way from the
/// samples over features and scores to events. A folder holds <c>vectors.json</c>, <c>model.onnx</c>, the sounds as WAV, and raw floats.
/// docs/test-vectors.md describes the format.
/// </summary>
public static class TestVectors
{
    private const int PieceSizes = 64;

    /// <summary>Writes test vectors, all files of the folder or none.</summary>
    /// <param name="model">The model file, or <c>base</c>.</param>
    /// <param name="sounds">The sounds, at least one, of any rate and length; each becomes a stream and a clip at every rate of the settings.</param>
    /// <param name="folder">The folder, new or empty.</param>
    /// <param name="settings">Rates and pieces; null for the defaults.</param>
    /// <returns>How many streams, clips and events were written.</returns>
    /// <exception cref="ModelException">The model file cannot be used, or a sample is not finite or far out of range.</exception>
    /// <exception cref="ArgumentException">The settings are out of range, or there is no sound.</exception>
    /// <exception cref="IOException">The folder cannot be written, or holds something already.</exception>
    public static VectorCounts Write(string model, IReadOnlyList<AudioClip> sounds, string folder, VectorSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(sounds);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        settings ??= new VectorSettings();
        settings.Validate();
        if (sounds.Count == 0) throw new ArgumentException("There is no sound; test vectors take at least one.", nameof(sounds));
        var file = ModelFile.Open(model);
        using var recognizer = Recognizer.Load(model, file.Bytes);
        using var staged = StagedFolder.Begin(folder);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(entry => !entry.EndsWith(TemporaryFiles.Ending, StringComparison.Ordinal)) is { } other)
            throw new IOException($"The folder {folder} is not empty, it holds '{ShownText.OnOneLine(Path.GetFileName(other))}'; test vectors take one of their own.");
        var writer = new VectorWriter(recognizer, staged.Files, settings);
        WholeFile.Write(Path.Combine(staged.Files, VectorWriter.ModelName), stream => stream.Write(file.Bytes));
        var set = writer.Write(sounds);
        WholeFile.Write(Path.Combine(staged.Files, "vectors.json"), stream => JsonSerializer.Serialize(stream, set, VectorSetJson.Readable.Context.VectorSet));
        staged.Place();
        return new VectorCounts(set.Streams.Count, set.Clips.Count, set.Streams.Sum(stream => stream.Events.Count), set.NoStreams);
    }

    /// <summary>The sizes of pieces: many small ones, among them single samples, and a few long ones.</summary>
    internal static int[] Pieces(ulong seed, int longest)
    {
        var random = new SeededRandom(seed);
        // Evenly in the logarithm, so that every size from one sample up is among them.
        return [.. Enumerable.Range(0, PieceSizes).Select(_ => Math.Clamp((int)Math.Exp(random.NextDouble() * Math.Log(longest + 1)), 1, longest))];
    }
}

/// <summary>What was written.</summary>
/// <param name="Streams">The number of streams.</param>
/// <param name="Clips">The number of clips.</param>
/// <param name="Events">The events in all streams.</param>
/// <param name="NoStreams">Why there are no streams, as a sentence; null where there are.</param>
public sealed record VectorCounts(int Streams, int Clips, int Events, string? NoStreams);
