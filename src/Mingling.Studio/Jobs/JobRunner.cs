using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Jobs;

/// <summary>
/// Runs jobs in processes of the command <c>mingling</c>. They outlive the studio: one that is begun later finds them by their locks, and begins
/// again those that a crash interrupted; trainings go on from their last epoch.
/// </summary>
internal sealed class JobRunner(IReadOnlyList<string> command, JobStore store) : IDisposable
{
    /// <summary>The hidden command that is a job's process.</summary>
    public const string Command = "studio-job";

    private readonly ConcurrentDictionary<string, Process> _processes = new(StringComparer.Ordinal);
    private readonly Lock _starting = new();
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Jobs that a process of a former studio still did when this one began: it may have been dying already.</summary>
    private readonly HashSet<string> _inherited = new(StringComparer.Ordinal);
    private Timer? _watch;

    public void Start(Job job)
    {
        lock (_starting)
        {
            if (IsRunning(job.Id)) throw new StudioException("job-runs", $"'{job.Subject}' is being worked on; wait until it is done, or stop it.", job.Subject);
            var files = store.Files(job.Id);
            files.Write(job with { IsStopped = false });
            File.Delete(files.Stop);
            if (files.ReadProgress() is { } progress && (progress.Failure is not null || progress.Step >= job.Steps.Count)) files.Write(new JobProgress(progress.Step >= job.Steps.Count ? 0 : progress.Step, null));
            Launch(job);
        }
    }

    /// <summary>Asks a job to stop; what it finished stays.</summary>
    public void Stop(string id)
    {
        var files = store.Files(id);
        if (files.ReadJob() is not { } job) throw StudioException.Missing("no-job", "there is no such work any more.");
        files.Write(job with { IsStopped = true });
        if (IsRunning(id)) OutputFile.Write(files.Stop, "");
    }

    public IReadOnlyList<JobView> Views() => [.. store.All().Select(View)];

    public Job? Job(string id) => store.Find(id);

    public JobView? View(string id) => store.Find(id) is { } job ? View(job) : null;

    public bool IsRunning(string id)
    {
        // Between the start of a process and its lock, the process itself tells.
        if (_processes.TryGetValue(id, out var process) && !process.HasExited) return true;
        return store.Files(id).IsLocked();
    }

    public void Forget(string id)
    {
        if (IsRunning(id)) throw new StudioException("job-runs", "this is being worked on; stop it first.");
        store.Forget(id);
    }

    /// <summary>Begins again what a crash interrupted; what a former studio's process still does is begun again if it breaks off.</summary>
    public void ResumeInterrupted()
    {
        lock (_starting)
        {
            foreach (var job in store.All().Where(job => !job.IsStopped))
            {
                if (!Resume(job)) _inherited.Add(job.Id);
            }
            if (_inherited.Count > 0) _watch = new Timer(_ => LookAtInherited(), null, LookEvery, LookEvery);
        }
    }

    public void Dispose() => _watch?.Dispose();

    private void LookAtInherited()
    {
        lock (_starting)
        {
            // Each once: a job that breaks off again and again is no accident.
            _inherited.RemoveWhere(id => store.Find(id) is not { IsStopped: false } job || Resume(job));
            if (_inherited.Count == 0) _watch?.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    /// <returns>False where a process still does it.</returns>
    private bool Resume(Job job)
    {
        string state = View(job).State;
        if (state == "running") return false;
        if (state != "interrupted") return true;
        try
        {
            File.Delete(store.Files(job.Id).Stop);
            Launch(job);
        }
        catch (Exception e) when (e is StudioException or IOException or UnauthorizedAccessException)
        {
            // It stays interrupted, which the page shows with a button to go on.
        }
        return true;
    }

    private JobView View(Job job)
    {
        bool runs = IsRunning(job.Id);
        var progress = store.Files(job.Id).ReadProgress();
        string state = runs ? (job.IsStopped ? "stopping" : "running") : progress.Failure is not null ? "failed" : progress.Step >= job.Steps.Count ? "done" : job.IsStopped ? "stopped" : "interrupted";
        return new JobView(job.Id, job.Kind, job.Subject, state, progress.Step, job.Steps.Count, progress.Cause ?? (progress.Failure is { } failure ? PageRemark.Plain(failure) : null));
    }

    private void Launch(Job job)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Path.GetDirectoryName(store.Folder))! };
        foreach (string argument in command.Skip(1).Append(Command).Append(store.Folder).Append(job.Id)) start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start)!;
            // The process writes to its own log; what native libraries print is for nobody, but must not fill the pipe.
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            TryLower(process);
            if (_processes.TryGetValue(job.Id, out var former)) former.Dispose();
            _processes[job.Id] = process;
        }
        catch (Win32Exception e)
        {
            throw new StudioException("no-process", $"the command {command[0]} cannot be started: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The page and the live stream go before.</summary>
    private static void TryLower(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // It has ended already, or may not be changed.
        }
    }
}
