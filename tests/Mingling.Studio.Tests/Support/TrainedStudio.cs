using System.Text.Json;
using Mingling.Studio.Tests.Support;

namespace Mingling.Studio.Tests;

/// <summary>A studio in which a small model was trained by a job: four words, few passes. Shared, because a training takes a while.</summary>
public sealed class TrainedStudio : IAsyncLifetime
{
    public const string Model = "small";
    public static readonly string[] Words = ["go", "no", "start", "stop"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    internal OpenedStudio Studio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Studio = await OpenedStudio.OpenAsync();
        Studio.Copy("four", Words);
        await Studio.Client.PostAsync("/api/runs", new { corpus = "four", kind = "quick", name = Model, epochs = 40 });
        await UntilAsync(Studio.Client, Model, "done");
    }

    /// <summary>Waits until a training is in a state; one that fails instead is told.</summary>
    internal static async Task<JsonElement> UntilAsync(StudioClient client, string run, string state, Func<JsonElement, bool>? also = null, bool orDone = false)
    {
        for (var end = DateTime.UtcNow + Patience; DateTime.UtcNow < end; await Task.Delay(300))
        {
            var found = await client.GetAsync($"/api/run?run={run}");
            string? now = found.GetProperty("state").GetString();
            if ((now == state && also?.Invoke(found) != false) || (orDone && now == "done")) return found;
            if (now == "failed" && state != "failed") throw new InvalidOperationException($"the training failed: {found.GetProperty("failure").GetProperty("text").GetString()}");
        }
        throw new TimeoutException($"the training did not become '{state}'");
    }

    public async ValueTask DisposeAsync()
    {
        if (Studio is not null) await Studio.DisposeAsync();
    }
}

[CollectionDefinition(nameof(TrainedStudio))]
public sealed class TrainedStudioCollection : ICollectionFixture<TrainedStudio>;
