using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingling.Studio.Folders;

/// <summary>Names of takes: <c>SPEAKER_NUMBER.wav</c>, in which the command line finds the speaker too.</summary>
internal static partial class TakeName
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".wav", ".wave", ".flac", ".ogg", ".oga", ".opus", ".mp3" };

    public static bool IsSound(string name) => Extensions.Contains(Path.GetExtension(name)) && name[0] != '.';

    /// <summary>The speaker of a take; null where the name tells none.</summary>
    public static string? Speaker(string file) => Parts().Match(file) is { Success: true } parts ? parts.Groups[1].Value : null;

    /// <summary>A name that no take in the folder has.</summary>
    public static string Next(string folder, string speaker)
    {
        int largest = 0;
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder))
            {
                var parts = Parts().Match(Path.GetFileName(path));
                if (parts.Success && parts.Groups[1].Value.Equals(speaker, StringComparison.OrdinalIgnoreCase) && int.TryParse(parts.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    largest = Math.Max(largest, number);
            }
        }
        return string.Create(CultureInfo.InvariantCulture, $"{speaker}_{largest + 1:000}.wav");
    }

    [GeneratedRegex(@"^([^_]+)_(?:.*_)?([0-9]{1,9})\.[A-Za-z0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
