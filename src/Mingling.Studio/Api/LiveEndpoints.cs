using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Mingling.Studio.Folders;
using Mingling.Studio.Live;

namespace Mingling.Studio.Api;

/// <summary>The live page's socket.</summary>
internal static class LiveEndpoints
{
    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapGet("/api/live/words", context =>
        {
            using var spotter = work.Models.OpenStream(context.Ask("model"), 16_000, (settings, _) => settings);
            var decision = spotter.Settings.Decision;
            using var model = work.Models.Load(context.Ask("model")).OpenSpottingModel();
            return context.Answer(new { words = model.Classes, thresholds = model.Classes.Select(word => decision.For(word).Threshold), smoothingMs = decision.SmoothingMs });
        });
        app.MapGet("/api/live", async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest) throw new StudioException("bad-request", "this request cannot be understood.");
            if (!int.TryParse(context.Ask("rate"), NumberStyles.None, CultureInfo.InvariantCulture, out int rate) || rate is < 8000 or > 192_000)
                throw new StudioException("bad-request", "the rate of the sound is 8,000 to 192,000 Hz.");
            double? threshold = context.Ask("threshold") is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1 ? value : null;
            if (!await work.LivePlaces.WaitAsync(0).ConfigureAwait(false)) throw new StudioException("live-full", "too many live pages are open; close one.") { Status = 503 };
            try
            {
                using var spotter = work.Models.OpenStream(context.Ask("model"), rate, (settings, card) => threshold is { } common ? settings.WithTrainedThreshold(card, common) : settings);
                using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, work.Stopping);
                using var live = new LiveSocket(socket, spotter, work.Folder);
                await live.ServeAsync(stop.Token).ConfigureAwait(false);
            }
            finally
            {
                work.LivePlaces.Release();
            }
        });
    }
}
