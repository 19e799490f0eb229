using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>What the script of the page needs, as JSON that can stand in a page: every character that could end it is escaped.</summary>
internal static class PageData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // Base64 holds nothing that could end the page, and an escaped plus would take six characters.
    private static readonly JsonSerializerOptions Base64 = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The words, clips and maps of all runs; a clip is a list of values, because there are thousands.</summary>
    public static Html Write(IReadOnlyList<RunParts> runs) => Html.Trusted(JsonSerializer.Serialize(runs.Select(parts => new
    {
        words = parts.Words,
        clips = parts.Run.Clips.Select(clip => Clip(parts, clip)),
        maps = parts.Run.Maps.Select(map => new MapDrawing(map).Places).Select(places => new
        {
            x = places.Select(place => place.X),
            y = places.Select(place => place.Y),
        }),
        marks = parts.Run.Maps.Count == 0 ? [] : parts.Run.Maps[0].Points.Select(point => point.IsSuspect ? 2 : point.IsOutlier ? 1 : 0),
    }), Json));

    /// <summary>The sounds, apart from the rest: nothing reads them before the first is played.</summary>
    public static Html OfSounds(IReadOnlyList<string> sounds) => Html.Trusted(JsonSerializer.Serialize(sounds, Base64));

    private static object?[] Clip(RunParts parts, ReportedClip clip) =>
        [clip.Clip.Name, clip.Said, clip.Recognized, Math.Round(clip.Score, 3), clip.Clip.Speaker, parts.Media.Of(clip)?.Sound];
}
