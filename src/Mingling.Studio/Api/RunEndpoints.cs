using Microsoft.AspNetCore.Builder;
using Mingling.Studio.Folders;
using Mingling.Studio.Jobs;
using Mingling.Studio.Security;

namespace Mingling.Studio.Api;

/// <summary>Trainings, their reports, and comparisons of two.</summary>
internal static class RunEndpoints
{
    private sealed record ComparisonWish(string? First, string? Second);

    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapGet("/api/costs", context => context.Answer(work.Runs.Costs(context.Ask("corpus"))));
        app.MapGet("/api/runs", context => context.Answer(work.Runs.All()));
        app.MapGet("/api/run", context => context.Answer(work.Runs.Find(context.Ask("run"))));
        app.MapPost("/api/costs/measure", context =>
        {
            RequireRuntime(work);
            work.Runs.MeasureSpeed(context.Ask("corpus"));
            return context.Done();
        });
        app.MapPost("/api/costs/stop", context =>
        {
            work.Jobs.Stop(TrainingSpeed.JobId);
            return context.Done();
        });
        app.MapPost("/api/runs", async context =>
        {
            RequireRuntime(work);
            await context.Answer(new { run = work.Runs.Train(await context.ReadAsync<TrainingWish>().ConfigureAwait(false)) }).ConfigureAwait(false);
        });
        app.MapPost("/api/runs/stop", context =>
        {
            work.Runs.Stop(context.Ask("run"));
            return context.Done();
        });
        app.MapPost("/api/runs/resume", context =>
        {
            RequireRuntime(work);
            work.Runs.Resume(context.Ask("run"));
            return context.Done();
        });
        app.MapDelete("/api/runs", context =>
        {
            work.Runs.Delete(context.Ask("run"));
            return context.Done();
        });
        app.MapGet("/report", context => SendReport(context, work.Runs.ReportPath(context.Ask("run"))));
        app.MapPost("/api/comparisons", async context =>
        {
            var wish = await context.ReadAsync<ComparisonWish>().ConfigureAwait(false);
            string first = work.Runs.Find(wish.First).Name, second = work.Runs.Find(wish.Second).Name, id = $"compare-{Guid.CreateVersion7():N}";
            if (first == second) throw new StudioException("same-run", "two different trainings are compared.");
            Directory.CreateDirectory(work.Folder.Comparisons);
            string page = Path.Combine(work.Folder.Comparisons, id + ".html");
            work.Jobs.Start(new Job(id, "comparison", $"{first} – {second}", [["report", Path.Combine(work.Folder.Runs, first), Path.Combine(work.Folder.Runs, second), "--out", page, "--figures", "none"]]));
            await context.Answer(new { id }).ConfigureAwait(false);
        });
        app.MapGet("/comparison", context => SendReport(context,
            work.Folder.Place(work.Folder.Comparisons, (context.Ask("id") ?? "") + ".html") is var path && File.Exists(path) ? path : throw StudioException.Missing("no-report", "there is no such comparison yet.")));
        app.MapGet("/api/job", context => context.Answer(work.Jobs.View(StudioName.Check(context.Ask("id"))) ?? throw StudioException.Missing("no-job", "there is no such work any more.")));
        app.MapDelete("/api/job", context =>
        {
            work.Jobs.Forget(StudioName.Check(context.Ask("id")));
            return context.Done();
        });
    }

    /// <exception cref="StudioException">What trainings compute with is missing.</exception>
    public static void RequireRuntime(StudioWork work)
    {
        if (work.Runtime is { IsThere: false } missing) throw new StudioException("no-runtime", $"trainings compute with {missing.Package}, which is not here yet; 'mingling setup' fetches it once.", missing.Package);
    }

    private static Task SendReport(Microsoft.AspNetCore.Http.HttpContext context, string path)
    {
        RequestGuard.AllowReport(context.Response);
        return context.SendFileAsync(path, "text/html; charset=utf-8");
    }
}
