using Microsoft.Extensions.Logging;
using Mingling.Recognition.Streaming;
using Mingling.Serving.Models;
using Mingling.Serving.Wyoming;

namespace Mingling.AspNetCore;

/// <summary>What a server says, as log messages.</summary>
internal sealed partial class ServingLog(ILogger<ServingLog> logger) : IWyomingObserver, IModelObserver
{
    public void Connected(WyomingClient client) => LogConnected(client.Address);

    public void Detected(WyomingClient client, CommandEvent heard) => LogDetected(heard.Word, client.Address, heard.Score);

    public void Closed(WyomingClient client, string? reason)
    {
        if (reason is null) LogLeft(client.Address);
        else LogClosed(client.Address, reason);
    }

    public void Reloaded(LoadedModel model) => LogReloaded(model.Path, string.Join(", ", model.Words));

    public void Kept(LoadedModel model, string problem) => LogKept(model.Path, problem);

    [LoggerMessage(1, LogLevel.Debug, "{Client} connected.")]
    private partial void LogConnected(string client);

    [LoggerMessage(2, LogLevel.Information, "{Word} detected for {Client}, score {Score}.")]
    private partial void LogDetected(string word, string client, double score);

    [LoggerMessage(3, LogLevel.Debug, "{Client} left.")]
    private partial void LogLeft(string client);

    [LoggerMessage(4, LogLevel.Warning, "{Client} was closed: {Reason}")]
    private partial void LogClosed(string client, string reason);

    [LoggerMessage(5, LogLevel.Information, "{Model} was replaced; loaded with {Words}.")]
    private partial void LogReloaded(string model, string words);

    [LoggerMessage(6, LogLevel.Error, "{Model} was replaced and cannot be used, the former model goes on: {Problem}")]
    private partial void LogKept(string model, string problem);
}
