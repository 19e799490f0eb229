using System.IO.Compression;
using Mingling.Studio.Folders;
using Mingling.Studio.Jobs;

namespace Mingling.Studio.Models;

/// <summary>What was exported of a model.</summary>
internal sealed record ExportView(string Name, long Bytes);

/// <summary>Exports of runs and models, made by the command and kept in <c>exports</c>.</summary>
internal sealed class ModelExports(StudioFolder folder, ModelShelf models, JobRunner jobs)
{
    /// <summary>Begins an export.</summary>
    /// <returns>The job.</returns>
    public string Begin(string? model, string? kind)
    {
        string path = models.PathOf(model), name = Path.GetFileNameWithoutExtension(path), run = Path.Combine(folder.Runs, name);
        bool hasRun = Directory.Exists(run);
        Directory.CreateDirectory(folder.Exports);
        IReadOnlyList<string> step = kind switch
        {
            "int8" when hasRun => ["export", run, "--int8", "--out", Out($"{name}-int8.onnx")],
            "front-end" when hasRun => ["export", run, "--with-front-end", "--out", Out($"{name}-samples.onnx")],
            "c" => ["export", hasRun ? run : path, "--format", "c", "--out", Out($"{name}-c"), "--name", "commands"],
            "c-int8" when hasRun => ["export", run, "--format", "c", "--int8", "--out", Out($"{name}-c-int8"), "--name", "commands"],
            "int8" or "front-end" or "c-int8" => throw new StudioException("needs-run", "this export needs the training that the model came from.", name),
            _ => throw new StudioException("no-kind", $"there is no export '{kind}'.", kind),
        };
        string id = $"export-{name}-{kind}";
        jobs.Start(new Job(id, "export", name, [step]));
        return id;
    }

    public IReadOnlyList<ExportView> All() => !Directory.Exists(folder.Exports) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(folder.Exports).Where(path => Path.GetFileName(path)[0] != '.').Order(StringComparer.Ordinal)
            .Select(path => new ExportView(Path.GetFileName(path), Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : new FileInfo(path).Length)),
    ];

    /// <summary>An export as one file: a folder is packed.</summary>
    public async Task SendAsync(string? name, Stream to, CancellationToken cancellation)
    {
        string path = PathOf(name);
        if (File.Exists(path))
        {
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(to, cancellation).ConfigureAwait(false);
            return;
        }
        await ZipFile.CreateFromDirectoryAsync(path, to, CompressionLevel.Fastest, includeBaseDirectory: true, cancellation).ConfigureAwait(false);
    }

    public string PathOf(string? name)
    {
        string path = folder.Place(folder.Exports, name ?? "");
        return File.Exists(path) || Directory.Exists(path) ? path : throw StudioException.Missing("no-export", $"there is no export '{name}'.", name);
    }

    private string Out(string name) => Path.Combine(folder.Exports, name);
}
