using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Mingling.Audio;
using Mingling.Recognition.Enrollment;
using Mingling.Studio.Folders;
using Mingling.Studio.Imports;

namespace Mingling.Studio.Api;

/// <summary>Models: enrolled words, thresholds, exports.</summary>
internal static class ModelEndpoints
{
    private const int MostExamples = 10;

    private sealed record ThresholdWish(IReadOnlyDictionary<string, double>? Thresholds);

    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapGet("/api/models", context => context.Answer(work.Models.All()));
        app.MapDelete("/api/models", context =>
        {
            work.Models.Delete(context.Ask("model"));
            return context.Done();
        });
        app.MapGet("/api/models/file", context => context.SendFileAsync(work.Models.PathOf(context.Ask("model")), "application/octet-stream", Path.GetFileName(work.Models.PathOf(context.Ask("model")))));
        app.MapPost("/api/enrollments", async context =>
        {
            var examples = await ReadExamplesAsync(context).ConfigureAwait(false);
            string? model = context.Ask("model"), name = context.Ask("name"), word = context.Ask("word");
            await context.Answer(await Task.Run(() => work.Models.Enroll(model, name, StudioName.CheckWord(word), examples, context.Ask("force") == "1")).ConfigureAwait(false)).ConfigureAwait(false);
        });
        app.MapDelete("/api/enrollments", context =>
        {
            work.Models.Forget(context.Ask("model"), context.Ask("word"));
            return context.Done();
        });
        // A wish without thresholds asks for those that the rate needs; keep=1 writes them into the model file.
        app.MapPost("/api/thresholds", async context =>
        {
            var wish = await context.ReadAsync<ThresholdWish>().ConfigureAwait(false);
            if (!double.TryParse(context.Ask("rate"), NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)) rate = double.NaN;
            bool isKept = context.Ask("keep") == "1";
            await context.Answer(await Task.Run(() => work.Thresholds.Find(context.Ask("model"), rate, wish.Thresholds, isKept)).ConfigureAwait(false)).ConfigureAwait(false);
        });
        app.MapGet("/api/exports", context => context.Answer(work.Exports.All()));
        app.MapPost("/api/exports", context => context.Answer(new { id = work.Exports.Begin(context.Ask("model"), context.Ask("kind")) }));
        app.MapGet("/api/exports/file", async context =>
        {
            string path = work.Exports.PathOf(context.Ask("name"));
            string saved = Path.GetFileName(path) + (Directory.Exists(path) ? ".zip" : "");
            context.Response.ContentType = "application/octet-stream";
            context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(saved)}";
            await work.Exports.SendAsync(Path.GetFileName(path), context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        });
    }

    /// <summary>Several WAV files, one behind the other, each with its length in four bytes before it.</summary>
    private static async Task<IReadOnlyList<EnrollmentExample>> ReadExamplesAsync(Microsoft.AspNetCore.Http.HttpContext context)
    {
        byte[] body = await context.ReadBytesAsync(ImportLimits.Take * 2).ConfigureAwait(false);
        List<EnrollmentExample> examples = [];
        for (int at = 0; at < body.Length;)
        {
            if (body.Length - at < 4 || BitConverter.ToInt32(body, at) is var length && (length <= 0 || length > body.Length - at - 4)) throw new StudioException("bad-request", "this request cannot be understood.");
            if (examples.Count == MostExamples) throw new StudioException("many-examples", $"a word is learned from at most {MostExamples} recordings.");
            try
            {
                examples.Add(new EnrollmentExample(string.Create(CultureInfo.InvariantCulture, $"recording {examples.Count + 1}"), WavReader.Read(body[(at + 4)..(at + 4 + length)], string.Create(CultureInfo.InvariantCulture, $"recording {examples.Count + 1}"))));
            }
            catch (AudioFormatException e)
            {
                throw new StudioException("bad-sound", $"this is no WAV file that can be read: {e.Message.ReplaceLineEndings(" ")}");
            }
            at += 4 + length;
        }
        return examples.Count > 0 ? examples : throw new StudioException("bad-request", "there is no recording.");
    }
}
