using System.IO.Compression;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Imports;

/// <summary>
/// Where an import gathers: files come one by one, a ZIP is unpacked, and only when all are there, and read as a corpus, do recordings of it go
/// into one of the studio's. What a page leaves unfinished goes when the studio is begun again.
/// </summary>
internal sealed class ImportStages
{
    private const int MostStages = 8;
    private readonly StudioFolder _folder;

    public ImportStages(StudioFolder folder)
    {
        _folder = folder;
        if (Directory.Exists(folder.Imports)) Directory.Delete(folder.Imports, recursive: true);
    }

    public string Begin()
    {
        if (Directory.Exists(_folder.Imports) && Directory.EnumerateDirectories(_folder.Imports).Count() >= MostStages)
            throw new StudioException("many-imports", "there are too many imports at once; finish one first.");
        string id = Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(PathOf(id, mayBeMissing: true));
        return id;
    }

    /// <summary>The folder of an import.</summary>
    public string PathOf(string? id, bool mayBeMissing = false)
    {
        string path = _folder.Place(_folder.Imports, id ?? "");
        return mayBeMissing || Directory.Exists(path) ? path : throw StudioException.Missing("no-import", "this import is over; begin it again.");
    }

    /// <summary>Takes a file. Its path is one or more names below the import's folder.</summary>
    public async Task AddAsync(string? id, string? path, Stream content, CancellationToken cancellation)
    {
        string stage = PathOf(id);
        var names = Names(path);
        bool isZip = names[^1].EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        if (!isZip && !IsWanted(names[^1])) throw new StudioException("not-sound", $"'{names[^1]}' is no sound file and no ZIP.", names[^1]);
        string target = _folder.Place(stage, [.. names]);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (Count(stage) >= ImportLimits.Files) throw new StudioException("many-files", $"an import has at most {ImportLimits.Files:N0} files.");
        string partial = target + ".partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
                await CopyAsync(content, file, isZip || IsShard(names[^1]) ? ImportLimits.File : ImportLimits.Sound, cancellation).ConfigureAwait(false);
            if (isZip) Unpack(stage, partial, cancellation);
            else File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    public void End(string id)
    {
        string path = PathOf(id, mayBeMissing: true);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    private void Unpack(string stage, string path, CancellationToken cancellation)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > ImportLimits.Files) throw new StudioException("many-files", $"an import has at most {ImportLimits.Files:N0} files.");
            long all = 0;
            foreach (var entry in archive.Entries)
            {
                cancellation.ThrowIfCancellationRequested();
                if (entry.FullName.EndsWith('/') || IsLink(entry) || !IsWanted(entry.Name)) continue;
                // Of macOS, beside the real files.
                if (entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)) continue;
                string target = _folder.Place(stage, [.. Names(entry.FullName)]);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                long most = Math.Min(IsShard(entry.Name) ? ImportLimits.File : ImportLimits.Sound, Math.Max(1 << 20, entry.CompressedLength * ImportLimits.Ratio));
                using var from = entry.Open();
                using var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None);
                // By what comes and not by what the entry says of itself.
                all += Copy(from, to, Math.Min(most, ImportLimits.All - all));
            }
        }
        catch (InvalidDataException e)
        {
            throw new StudioException("bad-zip", $"the ZIP cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static long Copy(Stream from, FileStream to, long most)
    {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        while (from.Read(buffer) is var read and > 0)
        {
            if ((copied += read) > most) throw new StudioException("too-large", "this is larger than the studio takes.") { Status = 413 };
            to.Write(buffer.AsSpan(0, read));
        }
        return copied;
    }

    private static async Task CopyAsync(Stream from, FileStream to, long most, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        while (await from.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            if ((copied += read) > most) throw new StudioException("too-large", "this is larger than the studio takes.") { Status = 413 };
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The names of a path; each must be one, so that nothing leads out.</summary>
    private static List<string> Names(string? path)
    {
        List<string> names = [.. (path ?? "").Split('/', '\\').Where(name => name.Length > 0).Select(StudioName.Check)];
        return names.Count is > 0 and <= 12 ? names : throw new StudioException("bad-path", "a file needs a name, in at most 12 folders.");
    }

    /// <summary>Sound, the tables that say what is in it, and the shards of <c>mingling corpus pack</c>.</summary>
    private static bool IsWanted(string name) => name.Length > 0
        && (TakeName.IsSound(name) || IsShard(name) || name == "shards.json" || Path.GetExtension(name).ToLowerInvariant() is ".csv" or ".tsv" or ".jsonl" or ".txt" or ".index");

    private static bool IsShard(string name) => Path.GetExtension(name).Equals(".tar", StringComparison.OrdinalIgnoreCase);

    private static bool IsLink(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000;

    private static int Count(string stage) => Directory.EnumerateFiles(stage, "*", SearchOption.AllDirectories).Count();
}
