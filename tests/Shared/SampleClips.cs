using System.Runtime.CompilerServices;
using Mingling.Audio;

namespace Mingling.Tests.Shared;

/// <summary>The recordings of the repository's sample corpus.</summary>
internal static class SampleClips
{
    /// <summary>The folder of the corpus.</summary>
    public static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "../../samples/commands"));

    /// <summary>The files of a word in order.</summary>
    public static string[] Of(string word) => [.. Directory.GetFiles(Path.Combine(Folder, word), "*.wav").Order(StringComparer.Ordinal)];

    /// <summary>A recording, such as "stop/f5_1", at a rate.</summary>
    public static float[] Read(string name, int rate) => AudioFile.Read(Path.Combine(Folder, name + ".wav"), rate).Samples;

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
