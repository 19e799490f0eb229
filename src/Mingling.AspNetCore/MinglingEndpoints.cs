using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mingling.Serving.Models;
using Mingling.Serving.Telemetry;

namespace Mingling.AspNetCore;

/// <summary>Clips by HTTP and streams by WebSocket.</summary>
public static class MinglingEndpoints
{
    /// <summary>
    /// Maps, below a path:
    /// <c>GET /words</c>, the models and their words;
    /// <c>POST /clips</c>, a WAV file as the body, answered with its word;
    /// <c>GET /stream?rate=16000[&amp;width=2][&amp;channels=1][&amp;words=go,stop]</c>, a WebSocket (<c>UseWebSockets</c>) that takes raw sound in binary
    /// messages and sends each command as a text message; a text message from the client ends the stream.
    /// They are open to everyone who reaches the program: add authorisation or rate limits to the returned group where that is not meant.
    /// </summary>
    /// <param name="endpoints">The program's routes.</param>
    /// <param name="path">The path. Default: <c>/mingling</c>.</param>
    /// <returns>The group of the routes.</returns>
    public static RouteGroupBuilder MapMingling(this IEndpointRouteBuilder endpoints, string path = "/mingling")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        var group = endpoints.MapGroup(path);
        var services = endpoints.ServiceProvider;
        group.MapGet("/words", (RequestDelegate)(context =>
        {
            ModelAnswer[] models = [.. services.GetRequiredService<CommandModels>().Models.Select(model => new ModelAnswer(model.Name, model.Words))];
            return Results.Json(models, AnswerJson.Readable.Context.ModelAnswerArray).ExecuteAsync(context);
        }));
        group.MapPost("/clips", (RequestDelegate)(context =>
            ClipEndpoint.AnswerAsync(context, services.GetRequiredService<CommandModels>(), services.GetRequiredService<IOptions<MinglingOptions>>().Value)));
        group.MapGet("/stream", (RequestDelegate)(context => new StreamEndpoint(
            services.GetRequiredService<CommandModels>(), services.GetRequiredService<ServingMetrics>(), services.GetRequiredService<IOptions<MinglingOptions>>().Value)
            .AnswerAsync(context, services.GetRequiredService<StreamPlaces>())));
        return group;
    }
}
