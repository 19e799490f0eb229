using System.Text.Json;

namespace Mingling.Audio.Tests;

/// <summary>
/// Finds reference values: JSON files in the test's own Golden folder and, where the environment variable MINGLING_GOLDEN names a folder,
/// there and below. A file is an object with "cases"; the signals that a case names lie beside it as WAV.
/// </summary>
internal static class GoldenFiles
{
    private const string FolderVariable = "MINGLING_GOLDEN";

    /// <summary>All cases that have every one of the given properties, whichever file they stand in.</summary>
    public static IEnumerable<GoldenCase> Cases(params string[] properties) =>
        Folders().SelectMany(folder => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .SelectMany(CasesOf)
            .Where(golden => properties.All(property => golden.Values.TryGetProperty(property, out _)));

    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "Golden");
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
            yield return folder;
    }

    private static IEnumerable<GoldenCase> CasesOf(string file)
    {
        using var stream = File.OpenRead(file);
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cases", out var cases) || cases.ValueKind != JsonValueKind.Array)
            return [];
        return [.. cases.EnumerateArray().Where(values => values.ValueKind == JsonValueKind.Object).Select((values, i) => new GoldenCase(file, i, values.Clone()))];
    }
}

/// <summary>One case of a file of reference values.</summary>
internal sealed record GoldenCase(string File, int Index, JsonElement Values)
{
    /// <summary>The clip that the case's "signal" names.</summary>
    public AudioClip Signal => AudioFile.Read(Path.Combine(Path.GetDirectoryName(File)!, $"{Text("signal")}.wav"));

    public string Text(string property) => Values.GetProperty(property).GetString()!;

    public int Integer(string property) => Values.GetProperty(property).GetInt32();

    public double Number(string property) => Values.GetProperty(property).GetDouble();

    /// <summary>An array of numbers.</summary>
    public float[] Numbers(string property) => [.. Values.GetProperty(property).EnumerateArray().Select(value => value.GetSingle())];

    public override string ToString() => $"{Path.GetFileName(File)} case {Index}";
}
