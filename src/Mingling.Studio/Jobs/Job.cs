using System.Diagnostics;
using System.Text.Json;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Jobs;

/// <summary>Work of a process of its own: commands of <c>mingling</c>, one after another.</summary>
/// <param name="Id">Its name, unique in the studio.</param>
/// <param name="Kind">What it is: <c>training</c>, <c>export</c>, <c>report</c>, <c>comparison</c>, <c>setup</c>, <c>speed</c>.</param>
/// <param name="Subject">The run or model that it is about.</param>
/// <param name="Steps">The arguments of each command.</param>
internal sealed record Job(string Id, string Kind, string Subject, IReadOnlyList<IReadOnlyList<string>> Steps)
{
    /// <summary>Whether a person stopped it; otherwise it is begun again where it was interrupted.</summary>
    public bool IsStopped { get; init; }
}

/// <summary>How far a job got; written by its process.</summary>
/// <param name="Step">The commands that are done.</param>
/// <param name="Failure">Why it failed, in one sentence; null where it did not.</param>
internal sealed record JobProgress(int Step, string? Failure)
{
    /// <summary>The same with its code and values; null where it is of an earlier version, or did not fail.</summary>
    public PageRemark? Cause { get; init; }
}

/// <summary>A job as the page shows it: <c>running</c>, <c>stopping</c>, <c>stopped</c>, <c>interrupted</c>, <c>failed</c> or <c>done</c>.</summary>
internal sealed record JobView(string Id, string Kind, string Subject, string State, int Step, int Steps, PageRemark? Failure);

/// <summary>The files of jobs: what they are, how far they got, what they printed, and the wish that they stop.</summary>
internal sealed class JobFiles(string folder, string id)
{
    private static readonly string[] Commands = ["train", "export", "report", "setup"];

    public string Description => Path.Combine(folder, id + ".json");
    public string Progress => Path.Combine(folder, id + ".progress.json");
    public string Log => Path.Combine(folder, id + ".log");
    public string Stop => Path.Combine(folder, id + ".stop");
    public string Lock => Path.Combine(folder, id + ".lock");

    /// <summary>The job; null where the file is none.</summary>
    /// <remarks>What was interrupted is begun again when a studio is opened, and a studio may come from somebody else: only what the page can ask for is a job.</remarks>
    public Job? ReadJob() =>
        Read<Job>(Description) is { Kind: not null, Subject: not null, Steps: { Count: > 0 } steps } job && job.Id == id
            && steps.All(step => step is { Count: > 0 } && Commands.Contains(step[0], StringComparer.Ordinal) && step.All(argument => argument is not null)) ? job : null;

    public JobProgress ReadProgress() => Read<JobProgress>(Progress) is { Step: >= 0 } progress ? progress : new JobProgress(0, null);

    public void Write(Job job) => OutputFile.Write(Description, JsonSerializer.Serialize(job));

    public void Write(JobProgress progress) => OutputFile.Write(Progress, JsonSerializer.Serialize(progress));

    /// <summary>Held by the process while it works, so that a studio that is begun later knows. A studio that looks has it for a moment.</summary>
    /// <param name="patience">How long a lock that somebody else has is waited for.</param>
    /// <exception cref="IOException">A process has it.</exception>
    public FileStream TakeLock(TimeSpan patience = default)
    {
        for (long begun = Stopwatch.GetTimestamp(); ; Thread.Sleep(20))
        {
            try
            {
                return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(begun) < patience)
            {
                // The next time.
            }
        }
    }

    public bool IsLocked()
    {
        if (!File.Exists(Lock)) return false;
        try
        {
            using var taken = TakeLock();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static T? Read<T>(string path) where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
