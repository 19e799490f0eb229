using Microsoft.Extensions.Hosting;
using Mingling.Serving.Models;

namespace Mingling.AspNetCore;

/// <summary>Loads the models when the program starts, and not with the first request.</summary>
internal sealed class ModelLoading(CommandModels models) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // To ask for them was to load them.
        _ = models;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
