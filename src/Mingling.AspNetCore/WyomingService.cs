using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mingling.Serving.Models;
using Mingling.Serving.Wyoming;

namespace Mingling.AspNetCore;

/// <summary>The Wyoming server as a part of the program: a port that cannot be used keeps it from starting, and it stops with it.</summary>
internal sealed partial class WyomingService(CommandModels models, WyomingOptions options, ServingLog log, ILogger<WyomingService> logger) : BackgroundService
{
    private readonly WyomingServer _server = new(models, options, log);

    /// <summary>The server.</summary>
    public WyomingServer Server => _server;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _server.Start();
        LogListening($"{_server.EndPoint}", string.Join(", ", models.Words));
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _server.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _server.RunAsync(stoppingToken);

    [LoggerMessage(10, LogLevel.Information, "Wyoming at {EndPoint} for {Words}.")]
    private partial void LogListening(string endPoint, string words);
}
