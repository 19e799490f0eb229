using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mingling.Studio.Folders;
using Mingling.Studio.Security;

namespace Mingling.Studio.Api;

/// <summary>What endpoints share: values of the query, bodies within bounds, answers.</summary>
internal static class Requests
{
    /// <summary>A value of the query; null where it is missing.</summary>
    public static string? Ask(this HttpContext context, string name) => context.Request.Query.TryGetValue(name, out var value) && value.Count == 1 ? value[0] : null;

    public static Task Answer(this HttpContext context, object what) => context.Response.WriteAsJsonAsync(what, PageJson.Options);

    public static Task Done(this HttpContext context) => context.Answer(new { done = true });

    /// <summary>A wish as JSON.</summary>
    public static async Task<T> ReadAsync<T>(this HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(PageJson.Options, context.RequestAborted).ConfigureAwait(false) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StudioException("bad-request", "this request cannot be understood.");
        }
    }

    /// <summary>Lets a request have a body of up to so many bytes.</summary>
    public static void Allow(this HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = bytes;
        if (context.Request.ContentLength > bytes) throw new StudioException("too-large", "this is larger than the studio takes.") { Status = 413 };
    }

    /// <summary>A body in memory, for sound from the page.</summary>
    public static async Task<byte[]> ReadBytesAsync(this HttpContext context, long most)
    {
        context.Allow(most);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    /// <summary>A file for the page to play or to save.</summary>
    public static async Task SendFileAsync(this HttpContext context, string path, string type, string? saveAs = null)
    {
        var result = saveAs is null ? Results.File(path, type, enableRangeProcessing: true) : Results.File(path, type, saveAs);
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }
}
