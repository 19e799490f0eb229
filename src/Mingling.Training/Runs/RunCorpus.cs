using Mingling.Corpora;
using Mingling.Training.Data;
using Mingling.Training.Storage;

namespace Mingling.Training.Runs;

/// <summary>Which recordings a run learns from, so that it can be continued and its held-out clips can be told from the others.</summary>
public sealed record RunCorpus
{
    /// <summary>Where the recordings came from.</summary>
    public required CorpusSource Source { get; init; }

    /// <summary>The training clips, each as <c>label|name</c>.</summary>
    public required IReadOnlyList<string> TrainingClips { get; init; }

    /// <summary>The validation clips, each as <c>label|name</c>.</summary>
    public required IReadOnlyList<string> ValidationClips { get; init; }

    /// <summary>Describes the corpus of a run that begins.</summary>
    /// <param name="source">Where the recordings came from.</param>
    /// <param name="data">The clips that the run learns from and is validated by.</param>
    public static RunCorpus Describe(CorpusSource source, TrainingData data) => new()
    {
        Source = source,
        TrainingClips = [.. data.Train.Select(PreparedCorpus.ClipId)],
        ValidationClips = [.. data.Validation.Select(PreparedCorpus.ClipId)],
    };

    /// <summary>Checks that a run goes on with the clips that it began with.</summary>
    /// <exception cref="CheckpointException">Clips are missing or new; the message says how many and names one.</exception>
    public void RequireSame(TrainingData data)
    {
        var now = Describe(Source, data);
        Check("training", TrainingClips, now.TrainingClips);
        Check("validation", ValidationClips, now.ValidationClips);
    }

    private static void Check(string kind, IReadOnlyList<string> then, IReadOnlyList<string> now)
    {
        if (then.SequenceEqual(now, StringComparer.Ordinal)) return;
        string[] gone = [.. then.Except(now)], added = [.. now.Except(then)];
        string example = gone.Concat(added).FirstOrDefault() is { } name ? $", for example {name}" : "";
        throw new CheckpointException("the corpus is not the one that the run began with: "
            + $"{gone.Length} {kind} clips are gone and {added.Length} are new{example}; restore it, or begin another run.");
    }
}
