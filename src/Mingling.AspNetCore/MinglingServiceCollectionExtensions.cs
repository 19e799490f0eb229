using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Mingling.Serving.Models;
using Mingling.Serving.Telemetry;
using Mingling.Serving.Wyoming;

namespace Mingling.AspNetCore;

/// <summary>Adds command recognition to a program.</summary>
public static class MinglingServiceCollectionExtensions
{
    /// <summary>The name of the health check, and its tag: <c>mingling</c>.</summary>
    public const string HealthCheckName = "mingling";

    /// <summary>
    /// Adds models as a service: <see cref="CommandModels"/> for clips, and for streams with <see cref="Serving.Streams.CommandStream"/>; metrics
    /// (<see cref="ServingMetrics"/>); and what <see cref="MinglingEndpoints.MapMingling"/> needs. The models are loaded when the program starts,
    /// which fails where one cannot be used.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, at least <see cref="MinglingOptions.Models"/>; null where the program configures them elsewhere.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddMingling(this IServiceCollection services, Action<MinglingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<MinglingOptions>();
        if (configure is not null) options.Configure(configure);
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MinglingOptions>, MinglingOptionsCheck>());
        services.TryAddSingleton<ServingLog>();
        services.TryAddSingleton(provider => new ServingMetrics(provider.GetRequiredService<IMeterFactory>()));
        services.TryAddSingleton<StreamPlaces>();
        services.TryAddSingleton(provider =>
        {
            var chosen = provider.GetRequiredService<IOptions<MinglingOptions>>().Value;
            return CommandModels.Load([.. chosen.Models], chosen.ToModelsOptions(), provider.GetRequiredService<ServingMetrics>(), provider.GetRequiredService<ServingLog>());
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelLoading>());
        return services;
    }

    /// <summary>Adds a Wyoming server that runs with the program, for the models of <see cref="AddMingling(IServiceCollection, Action{MinglingOptions})"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Where to listen, and what a client may do; null for the defaults.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything that is.</exception>
    public static IServiceCollection AddMinglingWyoming(this IServiceCollection services, WyomingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new WyomingOptions();
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ArgumentException(string.Join(" ", problems), nameof(options));
        services.AddSingleton(options);
        services.TryAddSingleton<WyomingService>();
        services.AddHostedService(provider => provider.GetRequiredService<WyomingService>());
        return services;
    }

    /// <summary>
    /// Adds a health check: healthy where all models are in use and the Wyoming server, if there is one, accepts clients; degraded where a
    /// replaced model file cannot be used and the former model goes on.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddMingling(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            HealthCheckName,
            provider => new ModelsHealthCheck(provider.GetRequiredService<CommandModels>(), provider.GetService<WyomingService>()),
            failureStatus: null,
            tags: [HealthCheckName]));
    }
}
