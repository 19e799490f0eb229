using System.Text.Json;

namespace Mingling.Studio.Folders;

/// <summary>What was deleted, and where it was.</summary>
internal sealed record Deleted(string Id, string Corpus, string Word, string? File, DateTime When);

/// <summary>Deleted takes and words, until the trash is emptied; a crash between two steps leaves them here or where they were.</summary>
internal sealed class Trash(StudioFolder folder)
{
    private const string Note = "deleted.json";

    /// <summary>Moves a file or folder here.</summary>
    /// <returns>The number by which it can be taken back.</returns>
    public string Take(string path, string corpus, string word, string? file)
    {
        string id = Guid.CreateVersion7().ToString("N"), place = Path.Combine(folder.Trash, id);
        Directory.CreateDirectory(place);
        OutputFile.Write(Path.Combine(place, Note), JsonSerializer.Serialize(new Deleted(id, corpus, word, file, DateTime.UtcNow)));
        Directory.Move(path, Path.Combine(place, "kept"));
        return id;
    }

    /// <summary>What can be taken back of a corpus, the last first.</summary>
    public IReadOnlyList<Deleted> List(string corpus) => Directory.Exists(folder.Trash)
        ? [.. Directory.EnumerateDirectories(folder.Trash).Select(Read).OfType<Deleted>().Where(deleted => deleted.Corpus == corpus).OrderByDescending(deleted => deleted.Id, StringComparer.Ordinal)]
        : [];

    /// <summary>Puts something back; under another number where its name was given again meanwhile.</summary>
    public Deleted Restore(string? id)
    {
        string place = folder.Place(folder.Trash, id ?? "");
        if (Read(place) is not { } deleted) throw StudioException.Missing("no-undo", "this can no longer be taken back.");
        string kept = Path.Combine(place, "kept"), word = folder.Place(folder.Corpora, deleted.Corpus, deleted.Word);
        if (deleted.File is null)
        {
            if (Directory.Exists(word)) throw new StudioException("word-there", $"there is a word '{deleted.Word}' already.", deleted.Word);
            Directory.Move(kept, word);
        }
        else
        {
            Directory.CreateDirectory(word);
            string target = folder.Place(word, deleted.File);
            if (File.Exists(target)) target = Path.Combine(word, TakeName.Next(word, TakeName.Speaker(deleted.File) ?? "me"));
            File.Move(kept, target);
            deleted = deleted with { File = Path.GetFileName(target) };
        }
        Directory.Delete(place, recursive: true);
        return deleted;
    }

    /// <summary>Forgets all that was deleted of a corpus, and runs, models and alarms that were.</summary>
    public void Empty(string corpus)
    {
        foreach (var deleted in List(corpus).Concat(List(""))) Directory.Delete(Path.Combine(folder.Trash, deleted.Id), recursive: true);
    }

    private static Deleted? Read(string place)
    {
        string note = Path.Combine(place, Note), kept = Path.Combine(place, "kept");
        if (!File.Exists(note) || !(File.Exists(kept) || Directory.Exists(kept))) return null;
        try
        {
            // A studio may come from somebody else: what its notes say is no path to anywhere.
            return JsonSerializer.Deserialize<Deleted>(File.ReadAllText(note)) is { Corpus: not null, Word: not null } deleted && deleted.Id == Path.GetFileName(place) ? deleted : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
