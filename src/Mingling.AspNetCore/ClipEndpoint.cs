using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Serving.Models;

namespace Mingling.AspNetCore;

/// <summary>A clip by HTTP: a WAV file as the body, the word as the answer.</summary>
internal static class ClipEndpoint
{
    private const int Piece = 16 << 10;

    public static async Task AnswerAsync(HttpContext context, CommandModels models, MinglingOptions options)
    {
        byte[]? body = await ReadAsync(context, options.LongestClip).ConfigureAwait(false);
        if (body is null)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"the recording is larger than {options.LongestClip} bytes.").ConfigureAwait(false);
            return;
        }
        try
        {
            using var stream = new MemoryStream(body);
            var clip = WavReader.Read(stream, "the recording");
            if (!SampleRates.Include(clip.SampleRate)) throw new AudioFormatException($"the recording has {clip.SampleRate} Hz; it must have {SampleRates.Range}.");
            if (clip.Duration.TotalSeconds > options.LongestClipSeconds) throw new AudioFormatException($"the recording lasts {clip.Duration.TotalSeconds:0.0} s; at most {options.LongestClipSeconds} s are taken.");
            var said = models.Recognize(clip.Samples, clip.SampleRate);
            await Results.Json(new ClipAnswer(said.Word, said.Best, Math.Round(said.Score, 4), said.IsEnrolled), AnswerJson.Readable.Context.ClipAnswer).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AudioFormatException or ModelException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, e.Message).ConfigureAwait(false);
        }
    }

    /// <summary>The body; null where it is too large. What a header claims takes no memory.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most) return null;
        // A little more than is taken, so that the answer here is the one that is given.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most + (8L * Piece);
        using var body = new MemoryStream();
        byte[] piece = new byte[Piece];
        while (await context.Request.Body.ReadAsync(piece, context.RequestAborted).ConfigureAwait(false) is var read and > 0)
        {
            if (body.Length + read > most) return null;
            body.Write(piece, 0, read);
        }
        return body.ToArray();
    }

    public static Task RefuseAsync(HttpContext context, int status, string reason) =>
        Results.Json(new ErrorAnswer(reason), AnswerJson.Readable.Context.ErrorAnswer, statusCode: status).ExecuteAsync(context);
}
