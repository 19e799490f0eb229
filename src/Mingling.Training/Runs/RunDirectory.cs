using System.Text.Json;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Storage;

namespace Mingling.Training.Runs;

/// <summary>
/// The folder of a training: <c>run.json</c> (what it is), <c>history.jsonl</c> (a line for each epoch), <c>last.safetensors</c>
/// (weights, centres, optimiser: enough to go on) and <c>best.safetensors</c> (the weights that did best on the validation clips).
/// </summary>
public sealed class RunDirectory
{
    private static readonly JsonSerializerOptions Lines = new(RunManifest.Json) { WriteIndented = false };

    private RunDirectory(string path, RunManifest manifest) => (Path, Manifest) = (path, manifest);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the run is.</summary>
    public RunManifest Manifest { get; }

    /// <summary>The weights that did best on the validation clips.</summary>
    public string BestPath => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>The state after the last finished epoch.</summary>
    public string LastPath => System.IO.Path.Combine(Path, "last.safetensors");

    /// <summary>What a teacher of embeddings says of the training clips.</summary>
    internal string TargetsPath => System.IO.Path.Combine(Path, "teacher.safetensors");

    /// <summary>The threshold in streams, where the training found one.</summary>
    internal string ThresholdPath => System.IO.Path.Combine(Path, "threshold.json");

    /// <summary>Whether an epoch was ever finished and saved.</summary>
    public bool HasEpochs => File.Exists(LastPath) || File.Exists(BestPath) || File.Exists(HistoryPath);

    private string HistoryPath => System.IO.Path.Combine(Path, "history.jsonl");

    /// <summary>Whether a folder holds a run.</summary>
    public static bool Exists(string path) => File.Exists(ManifestPath(path));

    /// <summary>The run in a folder that was begun; null where there is none, or one that never finished an epoch and need not be continued.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="resume">Whether the run may be continued.</param>
    /// <exception cref="CheckpointException">There is a run with finished epochs and it may not be continued, or it cannot be read.</exception>
    public static RunDirectory? FindBegun(string path, bool resume)
    {
        if (!Exists(path) || Open(path) is not { } run || !(run.HasEpochs || resume)) return null;
        return resume ? run : throw AlreadyThere(path);
    }

    /// <summary>Begins a run in a folder that holds none, or one that never finished an epoch.</summary>
    /// <exception cref="CheckpointException">There is a run already, or the folder cannot be written.</exception>
    public static RunDirectory Create(string path, RunManifest manifest)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"the folder {path} cannot be made: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        var run = new RunDirectory(path, manifest);
        using (run.Lock())
        {
            if (Exists(path) && run.HasEpochs)
                throw AlreadyThere(path);
            manifest.Write(ManifestPath(path));
        }
        return run;
    }

    /// <summary>Opens a run.</summary>
    /// <exception cref="CheckpointException">There is none, or its manifest is damaged or of another format.</exception>
    public static RunDirectory Open(string path)
    {
        if (!Exists(path)) throw new CheckpointException($"{path} holds no run (no run.json); name the folder given to train --out.");
        return new RunDirectory(path, RunManifest.Read(ManifestPath(path)));
    }

    /// <summary>Loads the model of the run, ready to recognise.</summary>
    /// <param name="last">True for the weights after the last epoch; false (default) for those that did best on the validation clips.</param>
    /// <param name="catalog">The encoders that can be named; null means those of the library.</param>
    /// <exception cref="CheckpointException">The run has no finished epoch, or its checkpoint is damaged or of another model.</exception>
    public CommandModel LoadModel(bool last = false, EncoderCatalog? catalog = null)
    {
        string path = last ? LastPath : BestPath;
        if (!File.Exists(path)) throw new CheckpointException($"{Path} has no finished epoch yet; train it first, or continue it with --resume.");
        using var file = Safetensors.Read(path);
        Checkpoint.Epochs(path, file, Manifest);
        var model = Checkpoint.Build(this, catalog);
        try
        {
            NamedState.Restore(path, file, [.. model.NamedTensors()]);
            model.Head.ReadScale();
        }
        catch
        {
            model.Dispose();
            throw;
        }
        model.Evaluating();
        if (File.Exists(ThresholdPath)) model.StreamThreshold = StreamThreshold.Read(ThresholdPath).Threshold;
        return model;
    }

    /// <summary>The finished epochs, in order.</summary>
    /// <exception cref="CheckpointException">The history is damaged.</exception>
    public IReadOnlyList<EpochReport> History()
    {
        if (!File.Exists(HistoryPath)) return [];
        try
        {
            return [.. from line in File.ReadLines(HistoryPath) where line.Length > 0 select Checked(JsonSerializer.Deserialize<EpochReport>(line, Lines))];
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{HistoryPath} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static EpochReport Checked(EpochReport? epoch) => RunManifestCheck.Problem(epoch) is { } problem ? throw new JsonException(problem) : epoch!;

    internal void WriteHistory(IEnumerable<EpochReport> epochs) =>
        OutputFile.Write(HistoryPath, string.Concat(epochs.Select(epoch => JsonSerializer.Serialize(epoch, Lines) + "\n")));

    private const int LockTries = 25;

    /// <summary>Keeps other processes out of the run while it trains; dispose to let them in.</summary>
    /// <exception cref="CheckpointException">Another process trains this run.</exception>
    internal IDisposable Lock()
    {
        string path = System.IO.Path.Combine(Path, "run.lock");
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (tries < LockTries)
            {
                // Who looks whether the run is in use has the lock for a moment.
                Thread.Sleep(20);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Locked(e);
            }
        }

        CheckpointException Locked(Exception e)
        {
            string why = e is UnauthorizedAccessException ? $"{Path} cannot be written" : $"{Path} is being trained by another process";
            return new CheckpointException(new Remark(e is UnauthorizedAccessException ? "run.not-writable" : "run.locked", $"{why}; choose another folder.", ("path", Path)), e);
        }
    }

    private static CheckpointException AlreadyThere(string path) =>
        new($"{path} already holds a run; continue it with --resume or choose another folder.");

    private static string ManifestPath(string path) => System.IO.Path.Combine(path, "run.json");
}
