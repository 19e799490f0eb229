using Mingling.Studio.Folders;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Studio.Jobs;

/// <summary>An epoch as the page draws it.</summary>
internal sealed record EpochView(int Epoch, double Loss, double? Training, double? Validation, double Seconds);

/// <summary>A run as the page shows it; <c>Windows</c> is what a pass works off: the clips, and the windows without a command that its own recipe asks for.</summary>
internal sealed record RunView(string Name, string State, PageRemark? Failure, string? Corpus, string? Encoder, int Words, int Clips, int Epochs, IReadOnlyList<EpochView> History,
    double? Best, double? SecondsLeft, bool HasModel, bool HasReport, int Step, int Steps, double Windows)
{
    /// <summary>The models that are trained one after another and joined; each has its share of the epochs.</summary>
    public int Members { get; init; } = 1;

    /// <summary>The sounds of other speech that its recipe asks for.</summary>
    public int OtherSounds { get; init; }

    /// <summary>The seconds in which they were made ready; null where nothing tells.</summary>
    public double? OtherSpeechSeconds { get; init; }
}

/// <summary>What a training would cost.</summary>
/// <param name="Kind">The kind of training.</param>
/// <param name="Clips">The clips that it learns from, about.</param>
/// <param name="Epochs">The passes over them.</param>
/// <param name="Seconds">The time, about.</param>
/// <param name="EpochsWithAlarms">The passes where false alarms are learned from.</param>
/// <param name="SecondsWithAlarms">The time of these: one more class, <c>_unknown_</c>, has windows of its own in every pass.</param>
/// <param name="OtherSpeechSeconds">The seconds of each of these that synthesize and read other speech, before the first pass.</param>
/// <param name="Basis">What that is from: <c>measured</c> on this machine, <c>likened</c> to another kind that was measured here, or <c>usual</c> on another machine.</param>
internal sealed record TrainingCost(string Kind, int Clips, int Epochs, double Seconds, int EpochsWithAlarms, double SecondsWithAlarms, double OtherSpeechSeconds, string Basis);

/// <summary>What a page asks of a training.</summary>
internal sealed record TrainingWish(string? Corpus, string? Name, string? Kind, int? Epochs, bool Alarms);

/// <summary>The runs of a studio: those that the page began and those of the command line.</summary>
internal sealed class RunShelf(StudioFolder folder, JobRunner jobs)
{
    private const int TrainingSteps = 3;
    private readonly TrainingSpeed _speed = new(folder, jobs);

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
        if (TrainingKind.Find(wish.Kind) is not { } kind) throw new StudioException("no-kind", $"there is no kind of training '{wish.Kind}'.", wish.Kind);
        if (wish.Epochs is < 1 or > 10_000) throw new StudioException("epochs", "a training has 1 to 10,000 passes over the recordings.");
        var corpus = CorpusFolder.Open(folder, wish.Corpus);
        string name = wish.Name is null ? FreeName(corpus.Name, wish.Kind!) : StudioName.Check(wish.Name), run = folder.Place(folder.Runs, name), model = Path.Combine(folder.Models, name + ".onnx");
        if (Directory.Exists(run) || jobs.View(JobOf(name)) is not null) throw new StudioException("run-there", $"there is a training '{name}' already; give this one another name.", name);
        string source = corpus.IsManaged ? corpus.WriteClipList(name) : corpus.Root;
        List<string> train = ["train", source, "--out", run, "--resume", "--json"];
        bool hasAlarms = wish.Alarms && Directory.Exists(folder.Alarms) && Directory.EnumerateFiles(folder.Alarms, "*.wav").Any();
        if (hasAlarms && kind.Recipe.Negatives.Ratio == 0) train.AddRange(["--recipe", TrainingKind.Write(folder, name, kind.WithAlarms)]);
        else if (kind.RecipeName != "default") train.AddRange(["--recipe", kind.RecipeName]);
        if (wish.Epochs is { } epochs) train.AddRange(["--epochs", $"{epochs}"]);
        if (hasAlarms) train.AddRange(["--negative", folder.Alarms]);
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
        string id = JobOf(run.Name);
        // Of a job that was done, and whose model or report has gone since, all that is needed is done anew.
        var job = jobs.View(id)?.State == "done" ? null : jobs.Job(id);
        jobs.Start(job ?? new Job(id, "training", run.Name, Again(run.Name)));
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
        var speeds = TrainingKind.All.Select(kind => _speed.Find(kind, measured)).ToList();
        // The same for every kind that hears other speech.
        double? secondsOfSound = TrainingSpeed.SecondsOfSound(measured);
        double?[] ratios = [.. TrainingKind.All.Zip(speeds, (kind, speed) => speed / kind.UsualSpeed).Where(ratio => ratio is not null)];
        return [.. TrainingKind.All.Zip(speeds, (kind, speed) => Cost(kind, clips, speed, ratios.Length > 0 ? ratios.Average() : null, secondsOfSound))];
    }

    /// <summary>Begins to measure how fast this machine trains.</summary>
    public void MeasureSpeed(string? corpus) => _speed.Measure(CorpusFolder.Open(folder, corpus));

    internal static string JobOf(string run) => $"run-{run}";

    private static TrainingCost Cost(TrainingKind kind, int clips, double? measured, double? machine, double? secondsOfSound)
    {
        double speed = measured ?? kind.UsualSpeed * (machine ?? 1);
        double sound = secondsOfSound ?? TrainingSpeed.UsualSecondsOfSound / (speed / kind.UsualSpeed);
        (int epochs, double seconds) = Of(kind.Recipe);
        (int epochsWithAlarms, double secondsWithAlarms) = Of(kind.WithAlarms);
        return new TrainingCost(kind.Name, clips, epochs, seconds, epochsWithAlarms, secondsWithAlarms, sound * kind.Recipe.Negatives.Sounds, measured is not null ? "measured" : machine is not null ? "likened" : "usual");

        (int Epochs, double Seconds) Of(TrainingRecipe recipe)
        {
            int epochs = recipe.EpochsFor(clips) * recipe.Members;
            return (epochs, sound * recipe.Negatives.Sounds + epochs * TrainingSpeed.Windows(clips, recipe) / speed);
        }
    }

    public IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(folder.Runs).Select(path => Path.GetFileName(path)).Concat(jobs.Views().Where(job => job.Kind == "training").Select(job => job.Subject))
            .Where(name => name[0] != '.').Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private RunView? View(string name, bool isShort)
    {
        string path = Path.Combine(folder.Runs, name);
        var job = jobs.View(JobOf(name));
        if (!RunDirectory.Exists(path))
            return job is null ? null : new RunView(name, job.State, job.Failure, null, null, 0, 0, 0, [], null, null, false, false, Step(job), TrainingSteps, 0);
        try
        {
            var run = RunDirectory.Open(path);
            var history = run.History();
            var manifest = run.Manifest;
            bool isTrained = IsTrained(run);
            string state = job?.State is { } known && known != "interrupted" ? known : isTrained ? "done" : IsLocked(path) ? "elsewhere" : "interrupted";
            double? left = state == "running" && history.Count > 0 && !isTrained ? history.Average(epoch => epoch.Seconds) * (manifest.Recipe.TotalEpochs - history.Count) : null;
            return new RunView(name, state, job?.Failure, CorpusOf(manifest.Corpus.Source.Path), manifest.Recipe.Encoder.Name, manifest.Classes.Count, manifest.Corpus.TrainingClips.Count, manifest.Recipe.TotalEpochs,
                [.. (isShort ? history.TakeLast(1) : history).Select(epoch => new EpochView(epoch.Epoch, Finite(epoch.Loss.Total), epoch.TrainingAccuracy, epoch.ValidationAccuracy, epoch.Seconds))],
                history.Where(epoch => epoch.Best).Select(epoch => epoch.ValidationAccuracy).LastOrDefault(), left,
                File.Exists(Path.Combine(folder.Models, name + ".onnx")), File.Exists(Path.Combine(path, "report.html")), Step(job), TrainingSteps,
                TrainingSpeed.Windows(manifest.Corpus.TrainingClips.Count, manifest.Recipe))
            {
                Members = manifest.Recipe.Members,
                OtherSounds = manifest.Recipe.Negatives.Sounds,
                OtherSpeechSeconds = run.OtherSpeechSeconds,
            };
        }
        catch (CheckpointException e)
        {
            return new RunView(name, "broken", PageRemark.Of(e), null, null, 0, 0, 0, [], null, null, false, false, 0, 0, 0);
        }
    }

    private static bool IsTrained(RunDirectory run) => run.History().Count >= run.Manifest.Recipe.TotalEpochs;

    /// <summary>The step of a job: training, model, report. A job without a training begins with the second.</summary>
    private static int Step(JobView? job) => job is null ? 0 : job.Step + TrainingSteps - job.Steps;

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
        var run = RunDirectory.Open(path);
        List<IReadOnlyList<string>> steps =
        [
            ["train", run.Manifest.Corpus.Source.Path, "--out", path, "--resume", "--json"],
            ["export", path, "--out", Path.Combine(folder.Models, name + ".onnx")],
            ["report", path, "--figures", "none"],
        ];
        // What is trained needs no training data any more, which may have changed since.
        if (IsTrained(run)) steps.RemoveAt(0);
        return steps;
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
