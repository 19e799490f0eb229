using System.Runtime.CompilerServices;
using Mingling.Audio;

namespace Mingling.Recognition.Tests.Streaming;

/// <summary>The recordings of the repository's sample corpus.</summary>
internal static class SampleCorpus
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../samples/commands"));

    public static float[] Read(string word, string file) => AudioFile.Read(Path.Combine(Folder, word, file + ".wav"), Sound.Rate).Samples;

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
