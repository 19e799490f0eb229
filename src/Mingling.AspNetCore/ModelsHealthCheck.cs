using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mingling.Serving.Models;

namespace Mingling.AspNetCore;

/// <summary>Whether commands can be recognised.</summary>
internal sealed class ModelsHealthCheck(CommandModels models, WyomingService? wyoming) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["models"] = models.Models.Count, ["words"] = models.Words.Count };
        if (wyoming is not null) data["clients"] = wyoming.Server.Clients;
        if (wyoming is { Server.IsRunning: false }) return Result(new HealthCheckResult(context.Registration.FailureStatus, "The Wyoming server does not accept clients.", data: data));
        return models.Problems is { Count: > 0 } problems
            ? Result(HealthCheckResult.Degraded(string.Join(" ", problems), data: data))
            : Result(HealthCheckResult.Healthy(data: data));

        static Task<HealthCheckResult> Result(HealthCheckResult result) => Task.FromResult(result);
    }
}
