using Mingling.Studio.Folders;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Studio.Jobs;

/// <summary>
/// How fast this machine trains. A run of the folder tells it best; else a few passes over a few recordings, which a person asks for; else what
/// another kind of training tells of the machine; else figures of another machine.
/// </summary>
internal sealed class TrainingSpeed(StudioFolder folder, JobRunner jobs)
{
    public const string JobId = "speed";
    private const int MostClips = 192, Passes = 3;

    /// <summary>Begins the passes.</summary>
    /// <param name="corpus">The recordings.</param>
    public void Measure(CorpusFolder corpus)
    {
        if (jobs.IsRunning(JobId)) throw new StudioException("job-runs", "the speed of this machine is being measured; wait until it is known.", JobId);
        if (Directory.Exists(folder.Speed)) Directory.Delete(folder.Speed, recursive: true);
        Directory.CreateDirectory(folder.Speed);
        string list = corpus.WriteClipList(Path.Combine(folder.Speed, "clips.csv"), MostClips);
        jobs.Start(new Job(JobId, "speed", corpus.Name, [.. TrainingKind.All.Select(kind => Step(kind, list))]));
    }

    /// <summary>The windows that this machine works off in a second; null where it is not known.</summary>
    public double? Find(TrainingKind kind, IReadOnlyList<RunView> runs)
    {
        var like = runs.LastOrDefault(run => run.Encoder == kind.Recipe.Encoder.Name && run.History.Count > 2 && run.Clips > 0);
        if (like is not null) return like.Windows * like.History.Count / Math.Max(0.001, like.History.Sum(epoch => epoch.Seconds));
        string path = Path.Combine(folder.Speed, kind.Name);
        if (!RunDirectory.Exists(path)) return null;
        try
        {
            var run = RunDirectory.Open(path);
            // The first pass also makes everything ready.
            double[] seconds = [.. run.History().Skip(1).Select(epoch => epoch.Seconds)];
            return seconds.Length == 0 ? null : Windows(run.Manifest.Corpus.TrainingClips.Count, kind.Recipe) / Math.Max(0.001, seconds.Min());
        }
        catch (MinglingException)
        {
            return null;
        }
    }

    /// <summary>
    /// The seconds in which a sound of other speech is synthesized or read on two free cores of an AMD EPYC (about 47 for the 10,000 of the recipe
    /// <c>room</c>), until this machine has trained with other speech.
    /// </summary>
    public const double UsualSecondsOfSound = 0.0047;

    /// <summary>The seconds in which this machine makes a sound of other speech ready; null where no run tells.</summary>
    public static double? SecondsOfSound(IReadOnlyList<RunView> runs) =>
        runs.LastOrDefault(run => run.OtherSounds > 0 && run.OtherSpeechSeconds is not null) is { } run ? run.OtherSpeechSeconds / run.OtherSounds : null;

    /// <summary>What a pass works off: the clips, and the windows without a command.</summary>
    public static double Windows(int clips, TrainingRecipe recipe) => clips * (1 + recipe.Negatives.Ratio);

    /// <summary>Without other speech, which takes minutes to speak and costs a step nothing: pieces of the commands stand for it.</summary>
    private IReadOnlyList<string> Step(TrainingKind kind, string list)
    {
        var recipe = kind.Recipe with { Members = 1, Negatives = kind.Recipe.Negatives with { Synthetic = 0, People = 0 } };
        return ["train", list, "--out", Path.Combine(folder.Speed, kind.Name), "--resume", "--json", "--epochs", $"{Passes}", "--recipe", TrainingKind.Write(folder, $"speed-{kind.Name}", recipe)];
    }
}
