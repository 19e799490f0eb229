using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Comparison;

/// <summary>
/// Who makes which run of a comparison, in files that all workers see: <c>claims/RUN.1</c>, and where that worker died, <c>claims/RUN.2</c>, and
/// so on. Making a file that must not exist yet succeeds for one worker alone, on network file systems too; the run belongs to who made the
/// file of the highest number. A worker changes its file every few seconds, and reads there that it has lost its run. Another one judges by
/// its own clock how long the file has stayed the same, so that clocks need not agree.
/// </summary>
internal sealed class RunClaims(string folder, string worker, TimeSpan patience)
{
    private static readonly JsonSerializerOptions Json = new(RunManifest.Json) { WriteIndented = false };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Content, long Since)> _seen = [];

    /// <summary>How often a claim gives a sign of life.</summary>
    public TimeSpan Beat => patience / 5;

    /// <summary>Makes the folder of the claims.</summary>
    public void Begin() => Directory.CreateDirectory(folder);

    /// <summary>What is known of a run.</summary>
    public ClaimState Look(string run)
    {
        int generation = Latest(run);
        if (generation == 0) return new ClaimState(0, ClaimKind.Free, null);
        string content = Read(PathOf(run, generation));
        var note = Parse(content);
        if (note?.Ended == ClaimNote.Released) return new ClaimState(generation, ClaimKind.Free, null);
        if (note?.Ended == ClaimNote.Failed) return new ClaimState(generation, ClaimKind.Failed, note.Error);
        string key = PathOf(run, generation);
        lock (_gate)
        {
            if (!_seen.TryGetValue(key, out var seen) || seen.Content != content) _seen[key] = seen = (content, Stopwatch.GetTimestamp());
            bool isSilent = Stopwatch.GetElapsedTime(seen.Since) >= patience;
            return new ClaimState(generation, isSilent ? ClaimKind.Abandoned : ClaimKind.Held, null);
        }
    }

    /// <summary>Takes a run whose state was seen; null where another worker was faster.</summary>
    public RunClaim? Take(string run, ClaimState seen)
    {
        string path = PathOf(run, seen.Generation + 1);
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            JsonSerializer.Serialize(stream, new ClaimNote { Worker = worker }, Json);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path} could not be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return new RunClaim(this, run, seen.Generation + 1);
    }

    /// <summary>Whether a worker other than the holder has taken the run over.</summary>
    public bool IsLost(string run, int generation) => File.Exists(PathOf(run, generation + 1));

    public void Write(string run, int generation, ClaimNote note) =>
        OutputFile.Write(PathOf(run, generation), stream => JsonSerializer.Serialize(stream, note with { Worker = worker }, Json));

    /// <summary>The highest number of a claim; 0 where there is none. Numbers have no gaps.</summary>
    private int Latest(string run)
    {
        int generation = 0;
        while (File.Exists(PathOf(run, generation + 1))) generation++;
        return generation;
    }

    private string PathOf(string run, int generation) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{run}.{generation}"));

    /// <summary>A file that another machine replaces just now may be gone for a moment: it is looked at again later.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What a worker left that died while it wrote is no note, and stays as it is until it is found abandoned.</summary>
    private static ClaimNote? Parse(string content)
    {
        try
        {
            return content.Length == 0 ? null : JsonSerializer.Deserialize<ClaimNote>(content, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a claim's file says.</summary>
internal sealed record ClaimNote
{
    public const string Released = "released", Failed = "failed";

    /// <summary>Who claims.</summary>
    public string? Worker { get; init; }

    /// <summary>Counts up while the worker lives.</summary>
    public long Beat { get; init; }

    /// <summary>Null while the run is made; then how it ended without a result.</summary>
    public string? Ended { get; init; }

    /// <summary>Why it failed, in one sentence.</summary>
    public string? Error { get; init; }
}

/// <summary>Whether a run can be taken.</summary>
internal enum ClaimKind
{
    /// <summary>Nobody has it.</summary>
    Free,

    /// <summary>Another worker makes it.</summary>
    Held,

    /// <summary>The worker that had it gives no sign of life.</summary>
    Abandoned,

    /// <summary>It was tried and failed.</summary>
    Failed,
}

/// <summary>What is known of a run.</summary>
/// <param name="Generation">The number of its latest claim; 0 for none.</param>
/// <param name="Kind">Whether it can be taken.</param>
/// <param name="Error">Why it failed.</param>
internal readonly record struct ClaimState(int Generation, ClaimKind Kind, string? Error);
