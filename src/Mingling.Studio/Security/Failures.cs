using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Security;

/// <summary>What went wrong, as <c>{ code, message, subject, remark }</c>: the page says code or remark in the reader's language, or else the message.</summary>
internal static class Failures
{
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { StatusCode: 404 or 405, HasStarted: false } && !context.WebSockets.IsWebSocketRequest)
                await SayAsync(context, context.Response.StatusCode, "no-page", "there is no such page.", null).ConfigureAwait(false);
        }
        catch (StudioException e)
        {
            await SayAsync(context, e.Status, e.Code, e.Message, e.Subject).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await SayAsync(context, e.StatusCode, e.StatusCode == 413 ? "too-large" : "bad-request", e.StatusCode == 413 ? "this is larger than the studio takes." : "this request cannot be understood.", null).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException && context.RequestAborted.IsCancellationRequested)
        {
            // The page went away.
        }
        catch (Exception e) when (e is MinglingException or IOException or UnauthorizedAccessException)
        {
            await SayAsync(context, 400, "said", e.Message.ReplaceLineEndings(" "), null, PageRemark.Of(e)).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            await SayAsync(context, 500, "unexpected", $"this should not have happened ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}); please report it.", null).ConfigureAwait(false);
        }
    }

    public static Task SayAsync(HttpContext context, int status, string code, string message, string? subject, PageRemark? remark = null)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { code, message = ShownText.OnOneLine(message), subject, remark }, PageJson.Options);
    }
}
