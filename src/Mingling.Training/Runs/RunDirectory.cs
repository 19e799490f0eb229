using System.Text.Json;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Storage;

namespace Mingling.Training.Runs;

/// <summary>
/// The folder of a training: <c>run.json</c> (what it is), <c>history.jsonl</c> (a line for each epoch), <c>last.safetensors</c>
/// (weights, centres, optimiser: enough to go on) and <c>best.safetensors</c> (the weights that did best on the validation clips). A training with other speech adds <c>threshold.json</c> and
/// <c>preparation.json</c> (how long that took). Where the model has
/// several members, these are of the first; those of the others lie in the folders <c>member-2</c>, <c>member-3</c> and so on.
/// </summary>
public sealed class RunDirectory
{
    private static readonly JsonSerializerOptions Lines = new(RunManifest.Json) { WriteIndented = false };

    // Beyond the random streams of a training, which derive from the seed too.
    private const ulong MemberStream = 100;

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

    /// <summary>The trainings that make the model, the first of which is in this folder itself.</summary>
    internal IEnumerable<RunDirectory> Members => Enumerable.Range(0, Manifest.Recipe.Members).Select(Member);

    /// <summary>Whether all epochs of this folder's own training are finished.</summary>
    internal bool IsFinished => File.Exists(BestPath) && OwnHistory().Count >= Manifest.Recipe.Epochs;

    /// <summary>Whether an epoch was ever finished and saved.</summary>
    public bool HasEpochs => File.Exists(LastPath) || File.Exists(BestPath) || File.Exists(HistoryPath);

    /// <summary>
    /// The seconds in which other speech was synthesized and read when the run was trained last (recipes such as <c>room</c>); null where the recipe
    /// asks for none, or the run does not tell.
    /// </summary>
    public double? OtherSpeechSeconds => Manifest.Recipe.Negatives.Sounds > 0 ? PreparationTime.Read(PreparationPath)?.OtherSpeechSeconds : null;

    /// <summary>How long the preparation took.</summary>
    internal string PreparationPath => System.IO.Path.Combine(Path, "preparation.json");

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
        var run = new RunDirectory(path, manifest);
        run.MakeFolder();
        using (run.Lock())
        {
            if (Exists(path) && run.HasEpochs)
                throw AlreadyThere(path);
            manifest.Write(ManifestPath(path));
        }
        return run;
    }

    /// <exception cref="CheckpointException">The folder cannot be made.</exception>
    internal void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"the folder {Path} cannot be made: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Opens a run.</summary>
    /// <exception cref="CheckpointException">There is none, or its manifest is damaged or of another format.</exception>
    public static RunDirectory Open(string path)
    {
        if (!Exists(path)) throw new CheckpointException($"{path} holds no run (no run.json); name the folder given to train --out.");
        return new RunDirectory(path, RunManifest.Read(ManifestPath(path)));
    }

    /// <summary>
    /// Loads the model of the run, ready to recognise: of several members those that are finished, joined. While the first is trained, it alone.
    /// </summary>
    /// <param name="last">True for the weights after the last epoch; false (default) for those that did best on the validation clips.</param>
    /// <param name="catalog">The encoders that can be named; null means those of the library.</param>
    /// <exception cref="CheckpointException">The run has no finished epoch, or its checkpoint is damaged or of another model.</exception>
    public CommandModel LoadModel(bool last = false, EncoderCatalog? catalog = null)
    {
        var model = ModelEnsemble.Join([this, .. Members.Skip(1).Where(member => member.IsFinished)], member => member.LoadMember(last, catalog));
        if (File.Exists(ThresholdPath)) model.StreamThreshold = StreamThreshold.Read(ThresholdPath).Threshold;
        return model;
    }

    /// <summary>Loads what was trained in this folder itself.</summary>
    /// <exception cref="CheckpointException">There is no finished epoch, or the checkpoint is damaged or of another model.</exception>
    internal CommandModel LoadMember(bool last, EncoderCatalog? catalog)
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
        return model;
    }

    /// <summary>The finished epochs of all members, in order and counted through.</summary>
    /// <exception cref="CheckpointException">The history is damaged.</exception>
    public IReadOnlyList<EpochReport> History() =>
        [.. Members.SelectMany((member, i) => member.OwnHistory().Select(epoch => epoch with { Epoch = Manifest.Recipe.EpochsBefore(i) + epoch.Epoch }))];

    /// <summary>The finished epochs of what is trained in this folder itself.</summary>
    /// <exception cref="CheckpointException">The history is damaged.</exception>
    internal IReadOnlyList<EpochReport> OwnHistory()
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

    /// <summary>A member has no manifest of its own: it is no run for those who look for runs.</summary>
    private RunDirectory Member(int index) => index == 0 ? this : new RunDirectory(
        System.IO.Path.Combine(Path, $"member-{index + 1}"),
        Manifest with { Recipe = Manifest.Recipe with { Members = 1, Seed = (int)SeededRandom.Derive((ulong)Manifest.Recipe.Seed, MemberStream, (ulong)index) } });

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
