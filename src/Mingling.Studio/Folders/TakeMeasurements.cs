using System.Collections.Concurrent;
using Mingling.Audio;

namespace Mingling.Studio.Folders;

/// <summary>A take as the page lists it.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Speaker">Who speaks; null where the name tells none.</param>
/// <param name="Seconds">The length.</param>
/// <param name="PeakDb">The largest magnitude in dBFS, at least −120.</param>
/// <param name="Problems">Names of texts about what is wrong: <c>clipped</c>, <c>quiet</c>, <c>silent</c>, <c>short</c>, <c>broken</c>.</param>
/// <param name="Peaks">The largest magnitude of each of equal parts, 0 to 100, for a picture.</param>
internal sealed record Take(string File, string? Speaker, double Seconds, double PeakDb, IReadOnlyList<string> Problems, IReadOnlyList<int> Peaks);

/// <summary>Measures takes, each once unless its file changes.</summary>
internal sealed class TakeMeasurements
{
    private const int Columns = 64, MostKept = 50_000;
    private const double LargestClippedShare = 0.001, QuietestPeakDb = -35, ShortestSeconds = 0.15;

    private readonly ConcurrentDictionary<string, (DateTime Changed, long Length, Take Take)> _known = new(StringComparer.Ordinal);

    public Take Measure(string path)
    {
        var file = new FileInfo(path);
        if (_known.TryGetValue(path, out var known) && known.Changed == file.LastWriteTimeUtc && known.Length == file.Length) return known.Take;
        var take = Read(path);
        if (_known.Count >= MostKept) _known.Clear();
        _known[path] = (file.LastWriteTimeUtc, file.Length, take);
        return take;
    }

    /// <summary>What is wrong with sound, for the person who speaks.</summary>
    public static Take Describe(string file, AudioClip clip)
    {
        var level = ClipLevel.Measure(clip.Samples);
        double seconds = (double)clip.Samples.Length / clip.SampleRate;
        List<string> problems = [];
        if (!ClipLevel.HasSound(clip.Samples, clip.SampleRate)) problems.Add("silent");
        else if (level.PeakDb < QuietestPeakDb) problems.Add("quiet");
        if (level.ClippedShare > LargestClippedShare) problems.Add("clipped");
        if (seconds < ShortestSeconds) problems.Add("short");
        return new Take(file, TakeName.Speaker(file), Math.Round(seconds, 3), Math.Round(Math.Max(-120, level.PeakDb), 1), problems, Peaks(clip.Samples));
    }

    private static Take Read(string path)
    {
        string file = Path.GetFileName(path);
        try
        {
            return Describe(file, AudioFile.Read(path));
        }
        catch (Exception e) when (e is AudioFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Take(file, TakeName.Speaker(file), 0, -120, ["broken"], []);
        }
    }

    private static int[] Peaks(ReadOnlySpan<float> samples)
    {
        int[] peaks = new int[Columns];
        for (int column = 0; column < Columns; column++)
        {
            int from = (int)((long)samples.Length * column / Columns), to = (int)((long)samples.Length * (column + 1) / Columns);
            float peak = 0;
            foreach (float sample in samples[from..to]) peak = Math.Max(peak, Math.Abs(sample));
            peaks[column] = (int)Math.Round(100 * Math.Min(1, peak));
        }
        return peaks;
    }
}
