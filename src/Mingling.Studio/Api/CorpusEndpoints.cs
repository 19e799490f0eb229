using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Mingling.Corpora;
using Mingling.Corpora.Inspection;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Phonetics;
using Mingling.Corpora.Speech;
using Mingling.Corpora.Splitting;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Api;

/// <summary>Corpora, their words and what is known of them.</summary>
internal static class CorpusEndpoints
{
    private const int MostCompared = 200;

    /// <summary>Words that were pronounced before; each asks a program, and a vocabulary is compared at each letter that is typed.</summary>
    private static readonly ConcurrentDictionary<string, SpokenWord> Pronounced = new(StringComparer.Ordinal);

    private sealed record NameWish(string? Name);
    private sealed record WordsWish(IReadOnlyList<string>? Words);

    public static void Map(WebApplication app, StudioWork work)
    {
        app.MapPost("/api/corpora", async context =>
        {
            var wish = await context.ReadAsync<NameWish>().ConfigureAwait(false);
            await context.Answer(new { corpus = CorpusFolder.Create(work.Folder, wish.Name).Name }).ConfigureAwait(false);
        });
        app.MapGet("/api/corpus", context =>
        {
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            var words = corpus.Words();
            return context.Answer(new
            {
                name = corpus.Name,
                path = corpus.Root,
                isManaged = corpus.IsManaged,
                words,
                speakers = words.SelectMany(word => word.Speakers.Keys).Distinct().Order(StringComparer.Ordinal),
                deleted = new Trash(work.Folder).List(corpus.Name).Take(50),
            });
        });
        app.MapPost("/api/words", async context =>
        {
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            corpus.AddWord((await context.ReadAsync<NameWish>().ConfigureAwait(false)).Name);
            await context.Done().ConfigureAwait(false);
        });
        app.MapPut("/api/words", async context =>
        {
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            corpus.RenameWord(context.Ask("word"), (await context.ReadAsync<NameWish>().ConfigureAwait(false)).Name);
            await context.Done().ConfigureAwait(false);
        });
        app.MapDelete("/api/words", context => context.Answer(new { undo = CorpusFolder.Open(work.Folder, context.Ask("corpus")).DeleteWord(context.Ask("word")) }));
        app.MapPost("/api/undo", context => context.Answer(new Trash(work.Folder).Restore(context.Ask("id"))));
        app.MapDelete("/api/undo", context =>
        {
            new Trash(work.Folder).Empty(CorpusFolder.Open(work.Folder, context.Ask("corpus")).Name);
            return context.Done();
        });
        app.MapPost("/api/similar", async context =>
        {
            var words = (await context.ReadAsync<WordsWish>().ConfigureAwait(false)).Words ?? [];
            await context.Answer(await Task.Run(() => Similar(words), context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
        });
        app.MapGet("/api/quality", async context =>
        {
            var corpus = CorpusFolder.Open(work.Folder, context.Ask("corpus"));
            var inspection = await Task.Run(() => Inspect(corpus, context.RequestAborted), context.RequestAborted).ConfigureAwait(false);
            await context.Answer(QualityView.Of(corpus, inspection)).ConfigureAwait(false);
        });
    }

    /// <summary>Which of the words sound alike; those that cannot be pronounced here are named, with the reason.</summary>
    private static object Similar(IReadOnlyList<string> words)
    {
        if (words.Count > MostCompared) throw new StudioException("many-words", $"at most {MostCompared} words are compared at once.");
        var pronouncer = new Pronouncer(null, null);
        if (Pronounced.Count > 10 * MostCompared) Pronounced.Clear();
        List<SpokenWord> spoken = [];
        List<object> silent = [];
        foreach (string word in words.Select(StudioName.CheckWord).Distinct(StringComparer.Ordinal))
        {
            try
            {
                spoken.Add(Pronounced.GetOrAdd(word, _ => new SpokenWord(word, pronouncer.Of(new WordToSay(word, word, null)))));
            }
            catch (Exception e) when (e is PronunciationException or SpeechException)
            {
                silent.Add(new { word, why = PageRemark.Of(e) });
            }
        }
        var pairs = SimilarSounds.Compare(spoken).Pairs;
        return new
        {
            words = spoken.Select(word => new { word.Word, word.Form.Ipa }),
            silent,
            pairs = pairs.Where(pair => pair.IsTooClose).Select(pair => new
            {
                pair.First,
                pair.Second,
                pair.Similarity,
                Advice = PageRemark.Of(pair.Remark),
                sounds = pair.Alignment.Sounds.Select(both => new { first = both.Texts.First, second = both.Texts.Second, differs = both.Differ }),
            }),
        };
    }

    /// <summary>As a training reads it: words are folders, and speakers stand in the names of takes.</summary>
    private static CorpusInspection Inspect(CorpusFolder folder, CancellationToken cancellation)
    {
        var corpus = CorpusReader.Read(folder.Root, new CorpusOptions { Layout = folder.IsManaged ? CorpusLayout.FolderPerClass : CorpusLayout.Auto });
        if (folder.IsManaged) corpus = corpus with { Clips = [.. corpus.Clips.Select(clip => clip with { Speaker = TakeName.Speaker(Path.GetFileName(clip.Path)) })] };
        CorpusSplits? splits = null;
        Remark? reason = null;
        try
        {
            splits = CorpusSplitter.Split(corpus, new SplitOptions { Parallelism = Environment.ProcessorCount, Seed = 1 });
        }
        catch (CorpusException e)
        {
            reason = e.Remark;
        }
        var inspection = CorpusInspector.Inspect(corpus, splits, Environment.ProcessorCount, cancellation);
        return reason is null ? inspection : inspection with { Remarks = [reason, .. inspection.Remarks] };
    }
}
