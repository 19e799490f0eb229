using Microsoft.AspNetCore.Builder;
using Mingling.Studio.Folders;
using Mingling.Studio.Imports;

namespace Mingling.Studio.Api;

/// <summary>Imports: begun, filled file by file, finished.</summary>
internal static class ImportEndpoints
{
    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapPost("/api/imports", context => context.Answer(new { id = work.Imports.Begin() }));
        app.MapPut("/api/imports", async context =>
        {
            context.Allow(ImportLimits.File);
            await work.Imports.AddAsync(context.Ask("id"), context.Ask("path"), context.Request.Body, context.RequestAborted).ConfigureAwait(false);
            await context.Done().ConfigureAwait(false);
        });
        app.MapPost("/api/imports/finish", async context =>
        {
            string id = context.Ask("id") ?? "";
            string stage = work.Imports.PathOf(id);
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            string? word = context.Ask("word"), speaker = context.Ask("speaker");
            try
            {
                // A page that is loaded anew meanwhile finds all recordings, and not half of them.
                var result = await Task.Run(() => CorpusImport.Run(stage, corpus, word, speaker, work.Stopping)).ConfigureAwait(false);
                if (!context.RequestAborted.IsCancellationRequested) await context.Answer(result).ConfigureAwait(false);
            }
            finally
            {
                work.Imports.End(id);
            }
        });
        app.MapDelete("/api/imports", context =>
        {
            work.Imports.End(context.Ask("id") ?? "");
            return context.Done();
        });
    }
}
