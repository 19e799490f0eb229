using Mingling.Studio.Folders;
using Mingling.Training.Recipes.Named;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Studio.Jobs;

/// <summary>An epoch as the page draws it.</summary>
internal sealed record EpochView(int Epoch, double Loss, double? Training, double? Validation, double Seconds);

/// <summary>A run as the page shows it.</summary>
internal sealed record RunView(string Name, string State, string? Failure, string? Corpus, string? Encoder, int Words, int Clips, int Epochs, IReadOnlyList<EpochView> History,
    double? Best, double? SecondsLeft, bool HasModel, bool HasReport, int Step, int Steps);

/// <summary>What a training would cost.</summary>
internal sealed record TrainingCost(string Kind, int Clips, int Epochs, double Seconds, bool IsMeasured);

/// <summary>What a page asks of a training.</summary>
internal sealed record TrainingWish(string? Corpus, string? Name, string? Kind, int? Epochs, bool Alarms);

/// <summary>The runs of a studio: those that the page began and those of the command line.</summary>
internal sealed class RunShelf(StudioFolder folder, JobRunner jobs)
{
    /// <summary>
    /// Recipes, and the clips of a second that a training works off in a second on one thread: measured in benchmarks/RESULTS.md, that of the room
    /// from its multiply-adds. Used until a run of this machine tells more.
    /// </summary>
    private static readonly Dictionary<string, (string Recipe, double ClipsPerSecond)> Kinds = new(StringComparer.Ordinal)
    {
        ["quick"] = ("default", 2152),
        ["accurate"] = ("accurate", 400),
        ["room"] = ("room", 300),
    };

    public IReadOnlyList<RunView> All() => Directory.Exists(folder.Runs)
        ? [.. Names().Select(name => View(name, isShort: true)).OfType<RunView>()]
        : [];

    public RunView Find(string? name) => View(Path.GetFileName(folder.Place(folder.Runs, name ?? "")), isShort: false) ?? throw StudioException.Missing("no-run", $"there is no training '{name}'.", name);

    public string ReportPath(string? name) => Path.Combine(folder.Place(folder.Runs, name ?? ""), "report.html") is var path && File.Exists(path) ? path
        : throw StudioException.Missing("no-report", $"'{name}' has no report yet.", name);

    /// <summary>Begins a training, the export of its model and its report.</summary>
    /// <returns>The name of the run.</returns>
    public string Train(TrainingWish wish)
    {
        if (!Kinds.TryGetValue(wish.Kind ?? "", out var kind)) throw new StudioException("no-kind", $"there is no kind of training '{wish.Kind}'.", wish.Kind);
        if (wish.Epochs is < 1 or > 10_000) throw new StudioException("epochs", "a training has 1 to 10,000 passes over the recordings.");
        var corpus = CorpusFolder.Open(folder, wish.Corpus);
        string name = wish.Name is null ? FreeName(corpus.Name, wish.Kind!) : StudioName.Check(wish.Name), run = folder.Place(folder.Runs, name), model = Path.Combine(folder.Models, name + ".onnx");
        if (Directory.Exists(run) || jobs.View(JobOf(name)) is not null) throw new StudioException("run-there", $"there is a training '{name}' already; give this one another name.", name);
        string source = corpus.IsManaged ? corpus.WriteClipList(name) : corpus.Root;
        List<string> train = ["train", source, "--out", run, "--resume", "--json"];
        if (kind.Recipe != "default") train.AddRange(["--recipe", kind.Recipe]);
        if (wish.Epochs is { } epochs) train.AddRange(["--epochs", $"{epochs}"]);
        if (wish.Alarms && wish.Kind == "room" && Directory.Exists(folder.Alarms) && Directory.EnumerateFiles(folder.Alarms, "*.wav").Any()) train.AddRange(["--negative", folder.Alarms]);
        jobs.Start(new Job(JobOf(name), "training", name,
        [
            train,
            ["export", run, "--out", model],
            ["report", run, "--figures", "none"],
        ]));
        return name;
    }

    public void Stop(string? name) => jobs.Stop(JobOf(Find(name).Name));

    public void Resume(string? name)
    {
        var run = Find(name);
        jobs.Start(jobs.Job(JobOf(run.Name)) ?? new Job(JobOf(run.Name), "training", run.Name, Again(run.Name)));
    }

    public void Delete(string? name)
    {
        string path = folder.Place(folder.Runs, name ?? "");
        string run = Path.GetFileName(path);
        if (Find(run).State is "running" or "stopping" or "elsewhere") throw new StudioException("job-runs", $"'{run}' is being trained; stop it first.", run);
        jobs.Forget(JobOf(run));
        if (Directory.Exists(path)) new Trash(folder).Take(path, "", run, null);
    }

    public IReadOnlyList<TrainingCost> Costs(string? corpusName)
    {
        var corpus = CorpusFolder.Open(folder, corpusName);
        // Four in five clips are learned from.
        int clips = corpus.Words().Sum(word => word.Takes) * 4 / 5;
        var measured = Names().Select(name => View(name, isShort: false)).OfType<RunView>().ToList();
        return [.. Kinds.Select(kind => Cost(kind.Key, kind.Value.Recipe, kind.Value.ClipsPerSecond, clips, measured))];
    }

    internal static string JobOf(string run) => $"run-{run}";

    private static TrainingCost Cost(string kind, string recipeName, double usualSpeed, int clips, List<RunView> runs)
    {
        var named = NamedRecipes.Find(recipeName)!;
        var recipe = named.For(named.Encoder);
        int epochs = recipe.EpochsFor(clips);
        // A run on this machine tells more than a table does.
        var like = runs.LastOrDefault(run => run.Encoder == recipe.Encoder.Name && run.History.Count > 2 && run.Clips > 0);
        double speed = like is null ? usualSpeed : like.Clips * like.History.Count / Math.Max(0.001, like.History.Sum(epoch => epoch.Seconds));
        double work = like is null ? clips * (1 + recipe.Negatives.Ratio) : clips;
        return new TrainingCost(kind, clips, epochs, epochs * work / speed, like is not null);
    }

    public IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(folder.Runs).Select(path => Path.GetFileName(path)).Concat(jobs.Views().Where(job => job.Kind == "training").Select(job => job.Subject))
            .Where(name => name[0] != '.').Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private RunView? View(string name, bool isShort)
    {
        string path = Path.Combine(folder.Runs, name);
        var job = jobs.View(JobOf(name));
        if (!RunDirectory.Exists(path))
            return job is null ? null : new RunView(name, job.State, job.Failure, null, null, 0, 0, 0, [], null, null, false, false, job.Step, job.Steps);
        try
        {
            var run = RunDirectory.Open(path);
            var history = run.History();
            var manifest = run.Manifest;
            bool isTrained = history.Count >= manifest.Recipe.Epochs;
            string state = job?.State is { } known && known != "interrupted" ? known : isTrained ? "done" : IsLocked(path) ? "elsewhere" : "interrupted";
            double? left = state == "running" && history.Count > 0 && !isTrained ? history.Average(epoch => epoch.Seconds) * (manifest.Recipe.Epochs - history.Count) : null;
            return new RunView(name, state, job?.Failure, CorpusOf(manifest.Corpus.Source.Path), manifest.Recipe.Encoder.Name, manifest.Classes.Count, manifest.Corpus.TrainingClips.Count, manifest.Recipe.Epochs,
                [.. (isShort ? history.TakeLast(1) : history).Select(epoch => new EpochView(epoch.Epoch, Finite(epoch.Loss.Total), epoch.TrainingAccuracy, epoch.ValidationAccuracy, epoch.Seconds))],
                history.Where(epoch => epoch.Best).Select(epoch => epoch.ValidationAccuracy).LastOrDefault(), left,
                File.Exists(Path.Combine(folder.Models, name + ".onnx")), File.Exists(Path.Combine(path, "report.html")), job?.Step ?? 0, job?.Steps ?? 0);
        }
        catch (CheckpointException e)
        {
            return new RunView(name, "broken", e.Message, null, null, 0, 0, 0, [], null, null, false, false, 0, 0);
        }
    }

    /// <summary>Whether a process that is no job of the studio trains the run.</summary>
    private static bool IsLocked(string path)
    {
        string file = Path.Combine(path, "run.lock");
        if (!File.Exists(file)) return false;
        try
        {
            using var taken = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private IReadOnlyList<IReadOnlyList<string>> Again(string name)
    {
        string path = Path.Combine(folder.Runs, name);
        var manifest = RunDirectory.Open(path).Manifest;
        return
        [
            ["train", manifest.Corpus.Source.Path, "--out", path, "--resume", "--json"],
            ["export", path, "--out", Path.Combine(folder.Models, name + ".onnx")],
            ["report", path, "--figures", "none"],
        ];
    }

    private string FreeName(string corpus, string kind)
    {
        for (int number = 1; ; number++)
        {
            string name = number == 1 ? $"{corpus}-{kind}" : $"{corpus}-{kind}-{number}";
            if (!Directory.Exists(Path.Combine(folder.Runs, name)) && jobs.View(JobOf(name)) is null) return name;
        }
    }

    private static string CorpusOf(string path) => Path.GetFileName(path.EndsWith(".clips.csv", StringComparison.Ordinal) ? Path.GetDirectoryName(path)! : Path.TrimEndingDirectorySeparator(path));

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
