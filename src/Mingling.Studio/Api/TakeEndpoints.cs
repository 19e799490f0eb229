using Microsoft.AspNetCore.Builder;
using Mingling.Audio;
using Mingling.Studio.Folders;
using Mingling.Studio.Imports;

namespace Mingling.Studio.Api;

/// <summary>Takes: listed, heard, recorded, deleted.</summary>
internal static class TakeEndpoints
{
    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapGet("/api/takes", context =>
        {
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            string? word = context.Ask("word");
            string folder = Path.Combine(corpus.Root, StudioName.CheckWord(word));
            // The last first, because it was just said.
            return context.Answer(corpus.Takes(word).Select(file => Path.Combine(folder, file)).OrderByDescending(File.GetLastWriteTimeUtc).ThenBy(path => path, StringComparer.Ordinal).Select(work.Takes.Measure));
        });
        app.MapGet("/api/takes/sound", context =>
        {
            string path = CorpusFolder.Open(work.Folder, context.Ask("corpus")).TakePath(context.Ask("word"), context.Ask("file"));
            return context.SendFileAsync(path, TypeOf(path));
        });
        app.MapPost("/api/takes", async context =>
        {
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            var clip = await ReadSoundAsync(context).ConfigureAwait(false);
            string? word = context.Ask("word"), speaker = context.Ask("speaker");
            await context.Answer(work.RecentTakes.Get(context.Ask("id"), () => TakeMeasurements.Describe(corpus.AddTake(word, speaker, clip), clip))).ConfigureAwait(false);
        });
        app.MapDelete("/api/takes", context => context.Answer(new { undo = CorpusFolder.Open(work.Folder, context.Ask("corpus")).DeleteTake(context.Ask("word"), context.Ask("file")) }));
    }

    /// <summary>A take of the page: a WAV file of at most a minute.</summary>
    public static async Task<AudioClip> ReadSoundAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        byte[] bytes = await context.ReadBytesAsync(ImportLimits.Take).ConfigureAwait(false);
        try
        {
            var clip = WavReader.Read(bytes, "the recording");
            return clip.Samples.Length > 0 && SampleRates.Include(clip.SampleRate) ? clip : throw new StudioException("empty-take", "the recording is empty.");
        }
        catch (AudioFormatException e)
        {
            throw new StudioException("bad-sound", $"this is no WAV file that can be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static string TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".flac" => "audio/flac",
        ".mp3" => "audio/mpeg",
        ".ogg" or ".oga" or ".opus" => "audio/ogg",
        _ => "audio/wav",
    };
}
