using Mingling.Studio.Folders;

namespace Mingling.Studio.Jobs;

/// <summary>The jobs of a studio, as files that outlive it.</summary>
internal sealed class JobStore(StudioFolder folder)
{
    public JobFiles Files(string id) => new(folder.Jobs, id);

    public string Folder => folder.Jobs;

    public IReadOnlyList<Job> All() =>
        [.. Directory.EnumerateFiles(folder.Jobs, "*.json").Select(path => Path.GetFileName(path)).Where(name => !name.EndsWith(".progress.json", StringComparison.Ordinal) && !name.StartsWith('.'))
            .Select(name => Files(name[..^".json".Length]).ReadJob()).OfType<Job>().OrderBy(job => job.Id, StringComparer.Ordinal)];

    public Job? Find(string id) => Files(id).ReadJob();

    public void Forget(string id)
    {
        var files = Files(id);
        foreach (string path in new[] { files.Description, files.Progress, files.Log, files.Stop, files.Lock }) File.Delete(path);
    }
}
