using Mingling.Training.Recipes.Toml;
using Mingling.Training.Storage;

namespace Mingling.Training.Objectives;

/// <summary>What the .toml file beside a teacher of embeddings says: how sound becomes its input, and what it gives.</summary>
internal sealed record TeacherDescription
{
    // Beyond it, sound and features of single precision are no longer numbers.
    private const double Largest = 1e9;
    private const int MostShown = 200;

    /// <summary>The rate of the sound in hertz.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>An ONNX file beside the teacher that makes features [frames, bins] of samples [1, n].</summary>
    public string Features { get; init; } = "";

    /// <summary>What samples of −1 to 1 are multiplied by.</summary>
    public double SampleScale { get; init; } = 1;

    /// <summary>What the features are multiplied by.</summary>
    public double FeatureScale { get; init; } = 1;

    /// <summary>What is added to the features then.</summary>
    public double FeatureOffset { get; init; }

    /// <summary>The frames of a window.</summary>
    public int Frames { get; init; }

    /// <summary>The frames from one window to the next.</summary>
    public int Hop { get; init; }

    /// <summary>The size of an embedding.</summary>
    public int Size { get; init; }

    /// <summary>The file that describes a teacher.</summary>
    public static string PathOf(string teacher) => Path.ChangeExtension(teacher, ".toml");

    /// <exception cref="CheckpointException">The file is missing, cannot be read, or lacks something; the message names the first mistake.</exception>
    public static TeacherDescription Read(string teacher)
    {
        string path = PathOf(teacher);
        if (!File.Exists(path)) throw new CheckpointException($"the teacher {teacher} lacks its description {path}; docs/training.md says what it holds.");
        TomlDocument document;
        try
        {
            document = new TomlDocument(TextFile.Read(path));
        }
        catch (InvalidDataException e)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        if (document.Mistakes.Count > 0) throw new CheckpointException($"{path} cannot be read: {TomlText.Shorten(ShownText.OnOneLine($"{document.Mistakes[0]}"), MostShown)}.");
        if (document.Tables.Count > 0)
            throw new CheckpointException($"{path}, line {document.Tables[0].Line}: a teacher is described without tables such as [{Shown(document.Tables[0].Name)}]; see docs/training.md.");
        if (document.Entries.GroupBy(entry => entry.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new CheckpointException($"{path}, line {twice.Last().Line}: {Shown(twice.Key)} stands there twice; leave one of them out.");
        var description = new TeacherDescription();
        foreach (var entry in document.Entries)
        {
            description = (entry.Key, entry.Value) switch
            {
                ("sample-rate", long rate and >= 1_000 and <= 384_000) => description with { SampleRate = (int)rate },
                ("features", string { Length: > 0 } file) when IsBeside(file) => description with { Features = file },
                ("sample-scale", var scale) when Number(scale) is > 0 and <= Largest and var factor => description with { SampleScale = factor },
                ("feature-scale", var scale) when Number(scale) is { } factor and not 0 and >= -Largest and <= Largest => description with { FeatureScale = factor },
                ("feature-offset", var offset) when Number(offset) is { } term and >= -Largest and <= Largest => description with { FeatureOffset = term },
                ("frames", long frames and >= 1 and <= 100_000) => description with { Frames = (int)frames },
                ("hop", long hop and >= 1 and <= 100_000) => description with { Hop = (int)hop },
                ("size", long size and >= 1 and <= 65_536) => description with { Size = (int)size },
                _ => throw new CheckpointException($"{path}, line {entry.Line}: {Shown(entry.Key)} = {ShownText.OnOneLine(TomlText.Show(entry.Value))} describes no teacher; see docs/training.md."),
            };
        }
        string[] missing = [.. new[] { ("features", description.Features.Length), ("frames", description.Frames), ("hop", description.Hop), ("size", description.Size) }
            .Where(key => key.Item2 == 0).Select(key => key.Item1)];
        return missing.Length == 0 ? description : throw new CheckpointException($"{path} lacks {string.Join(", ", missing)}; see docs/training.md.");
    }

    /// <summary>Whether a name is that of a file in the teacher's own folder.</summary>
    private static bool IsBeside(string file) => Path.GetFileName(file) == file && !file.Contains('\\') && file is not ("." or "..") && ShownText.IsPlain(file);

    private static string Shown(string name) => ShownText.OnOneLine(TomlText.Shorten(name));

    private static double? Number(object value) => value switch { long whole => whole, double number when double.IsFinite(number) => number, _ => null };
}
