using System.Text.Json;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>
/// The folder of a comparison: <c>plan.json</c> (what is compared), <c>folds/</c> (the clips of each fold), <c>runs/</c> (a run for each
/// training, with its <c>result.json</c>), <c>comparison.sqlite</c> (all results) and the finished table and pictures.
/// </summary>
internal sealed class ComparisonFolder(string path)
{
    private const int LockAttempts = 150;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(200);
    private static readonly JsonSerializerOptions Compact = new(RunManifest.Json) { WriteIndented = false };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string StorePath => System.IO.Path.Combine(Path, "comparison.sqlite");

    private string PlanPath => System.IO.Path.Combine(Path, "plan.json");

    /// <summary>Where workers that share the folder tell each other who makes which run.</summary>
    public string ClaimsPath => System.IO.Path.Combine(Path, "claims");

    private string LockPath => System.IO.Path.Combine(Path, "comparison.lock");

    public string RunPath(string id) => System.IO.Path.Combine(Path, "runs", id);

    /// <summary>Keeps other comparisons out of the folder; dispose to let them in.</summary>
    /// <exception cref="CheckpointException">Another process compares in this folder, or it cannot be made.</exception>
    public IDisposable Lock()
    {
        Make();
        return TryLock() ?? throw new CheckpointException($"{Path} is in use by another comparison or cannot be written; choose another folder, or let both share it with --shard.");
    }

    /// <summary>Keeps comparisons that do not share the folder out of it.</summary>
    /// <exception cref="CheckpointException">Another process compares in this folder without sharing it, or it cannot be made.</exception>
    public IDisposable Share()
    {
        Make();
        try
        {
            return new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{Path} is in use by a comparison that does not share it, or cannot be written; give every worker its --shard.", e);
        }
    }

    /// <summary>The lock of <see cref="Lock"/>; null where another process has or shares the folder.</summary>
    public IDisposable? TryLock() => TryLock(LockPath);

    private void Make()
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "folds"));
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "runs"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"the folder {Path} cannot be made: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Keeps other processes out of a run. One whose parent was killed stops by itself, but not at once: it is waited for.</summary>
    /// <exception cref="CheckpointException">Another process does not leave the run.</exception>
    public IDisposable LockRun(string id, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < LockAttempts; attempt++)
        {
            if (TryLock(RunPath(id) + ".lock") is { } held) return held;
            cancellation.WaitHandle.WaitOne(LockPause);
            cancellation.ThrowIfCancellationRequested();
        }
        throw new CheckpointException($"{RunPath(id)} is being trained by another process or cannot be written.");
    }

    /// <summary>Begins a comparison, or goes on with one that differs at most in its variants, seeds and held-out words.</summary>
    /// <exception cref="CheckpointException">The folder holds a comparison of another corpus or recipe.</exception>
    public void Begin(PlannedComparison planned)
    {
        if (File.Exists(PlanPath)) PlanChanges.Check(Path, ReadPlan(), planned.Plan);
        foreach (var fold in planned.Folds) WriteIfOther(FoldPath(fold.Number), fold);
        WriteIfOther(PlanPath, planned.Plan);
    }

    /// <summary>Whether a comparison was begun here.</summary>
    public bool HasPlan => File.Exists(PlanPath);

    /// <exception cref="CheckpointException">There is no plan, or it cannot be read.</exception>
    public ComparisonPlan ReadPlan() => Read<ComparisonPlan>(PlanPath);

    /// <exception cref="CheckpointException">There is no such fold, or it cannot be read.</exception>
    public ComparisonFold ReadFold(int number) => Read<ComparisonFold>(FoldPath(number));

    /// <summary>The result of a finished run; null where it has none.</summary>
    public JobResult? ReadResult(string id) => File.Exists(ResultPath(id)) ? Read<JobResult>(ResultPath(id)) : null;

    public void WriteResult(string id, JobResult result) => Write(ResultPath(id), result);

    private string FoldPath(int number) => System.IO.Path.Combine(Path, "folds", $"fold-{number}.json");

    private string ResultPath(string id) => System.IO.Path.Combine(RunPath(id), "result.json");

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write<T>(string path, T value) => OutputFile.Write(path, stream => JsonSerializer.Serialize(stream, value, Compact));

    /// <summary>Workers that share a folder all plan the same: what is there already stays.</summary>
    private static void WriteIfOther<T>(string path, T value)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(value, Compact);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content)) return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is written again, and says why it cannot.
        }
        OutputFile.Write(path, stream => stream.Write(content));
    }

    private static T Read<T>(string path)
        where T : notnull
    {
        try
        {
            using var stream = File.OpenRead(path);
            var stored = JsonSerializer.Deserialize<T>(stream, Compact) ?? throw new JsonException("it is null");
            return StoredComparisonCheck.Problem(stored) is { } problem ? throw new JsonException(problem) : stored;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or InvalidOperationException or FormatException or LossExpressionException)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
