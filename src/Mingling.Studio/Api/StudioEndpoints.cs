using Microsoft.AspNetCore.Builder;
using Mingling.Studio.Folders;
using Mingling.Studio.Jobs;

namespace Mingling.Studio.Api;

/// <summary>The studio as a whole: what is in it, and the demo.</summary>
internal static class StudioEndpoints
{
    public const string Demo = "demo";
    private const string Setup = "setup";
    private const int DemoEpochs = 100;

    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapGet("/api/studio", context => context.Answer(new
        {
            folder = Path.GetFileName(work.Folder.Root),
            path = work.Folder.Root,
            version = work.Version,
            corpora = CorpusFolder.Names(work.Folder),
            runs = work.Runs.All(),
            models = work.Models.All(),
            jobs = work.Jobs.Views(),
            runtime = work.Runtime,
            hasDemo = work.Samples is not null,
            alarms = Alarms(work).Count,
            backgroundSeconds = work.Thresholds.BackgroundSeconds(),
        }));
        app.MapPost("/api/setup", context =>
        {
            work.Jobs.Start(new Job(Setup, Setup, work.Runtime?.Package ?? "", [[Setup]]));
            return context.Done();
        });
        app.MapPost("/api/setup/stop", context =>
        {
            work.Jobs.Stop(Setup);
            return context.Done();
        });
        app.MapPost("/api/demo", async context =>
        {
            RunEndpoints.RequireRuntime(work);
            string corpus = await Task.Run(() => CopyDemo(work)).ConfigureAwait(false);
            string run = work.Runs.Names().Contains(Demo) ? work.Runs.Train(new(corpus, null, "quick", DemoEpochs, false)) : work.Runs.Train(new(corpus, Demo, "quick", DemoEpochs, false));
            await context.Answer(new { corpus, run }).ConfigureAwait(false);
        });
        app.MapGet("/api/alarms", context => context.Answer(Alarms(work)));
        app.MapGet("/api/alarms/sound", context => context.SendFileAsync(AlarmPath(work, context.Ask("file")), "audio/wav"));
        app.MapDelete("/api/alarms", context =>
        {
            string path = AlarmPath(work, context.Ask("file"));
            new Trash(work.Folder).Take(path, "", Path.GetFileName(path), null);
            return context.Done();
        });
        app.MapDelete("/api/background", context =>
        {
            if (Directory.Exists(work.Folder.Background)) Directory.Delete(work.Folder.Background, recursive: true);
            return context.Done();
        });
    }

    /// <summary>Copies the sample corpus, each recording whole; what is there already stays, so that an interrupted copy goes on.</summary>
    private static string CopyDemo(StudioWork work)
    {
        if (work.Samples is not { } samples || !Directory.Exists(samples)) throw new StudioException("no-demo", "the sample corpus is missing; build the command from its sources again.");
        string corpus = Path.Combine(work.Folder.Corpora, Demo);
        foreach (string source in Directory.EnumerateFiles(samples, "*.wav", SearchOption.AllDirectories))
        {
            string target = Path.Combine(corpus, Path.GetRelativePath(samples, source));
            if (File.Exists(target)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            WholeFile.Write(target, to => to.Write(File.ReadAllBytes(source)));
        }
        return Demo;
    }

    private static List<Take> Alarms(StudioWork work) => Directory.Exists(work.Folder.Alarms)
        ? [.. Directory.EnumerateFiles(work.Folder.Alarms, "*.wav").Order(StringComparer.Ordinal).Select(work.Takes.Measure)]
        : [];

    private static string AlarmPath(StudioWork work, string? file) =>
        work.Folder.Place(work.Folder.Alarms, file ?? "") is var path && File.Exists(path) ? path : throw StudioException.Missing("no-take", $"there is no recording '{file}'.", file);
}
