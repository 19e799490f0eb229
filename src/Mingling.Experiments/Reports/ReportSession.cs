using Mingling.Corpora;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Evaluation;
using Mingling.Experiments.Reports.Content;
using Mingling.Training.Data;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Reports;

/// <summary>By what the runs of a report are judged.</summary>
/// <param name="Corpus">The corpus; null for each run's own.</param>
/// <param name="List">A list of clips, or null.</param>
/// <param name="Pattern">The pattern of file names, or null.</param>
/// <param name="Last">Whether the weights after the last epoch are judged.</param>
public sealed record JudgingChoice(string? Corpus = null, string? List = null, string? Pattern = null, bool Last = false);

/// <summary>Measures what a report shows.</summary>
public static class ReportSession
{
    /// <summary>Measures a run by the clips that a choice names.</summary>
    /// <param name="subject">The run.</param>
    /// <param name="choice">By what it is judged.</param>
    /// <param name="settings">How clips are read; null for the defaults.</param>
    /// <param name="encoders">The encoders that can be named; null for those of the library.</param>
    /// <exception cref="CorpusException">The corpus is not where the run found it, or cannot be used.</exception>
    public static RunReport Measure(ReportSubject subject, JudgingChoice choice, EvaluationSettings? settings = null, EncoderCatalog? encoders = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(choice);
        settings ??= new EvaluationSettings();
        var run = RunDirectory.Open(subject.Path);
        var own = run.Manifest.Corpus;
        string path = choice.Corpus ?? own.Source.Path;
        if (choice.Corpus is null && !Path.Exists(path))
            throw new CorpusException($"the corpus of {subject.Path} is not at {path} any more; say with --corpus where it is.");
        var asked = new CorpusSource { Path = Path.GetFullPath(path), Options = new CorpusOptions { Pattern = choice.Pattern, Strict = settings.Strict } };
        var chosen = EvaluationClips.Choose(asked, own, choice.List, part: null);
        using var model = run.LoadModel(choice.Last, encoders);
        return Measure(run, model, chosen with { Problems = [.. Gone(own, chosen, choice), .. chosen.Problems] }, choice.Last, settings);
    }

    /// <summary>Measures a run by clips that were chosen.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">Its model.</param>
    /// <param name="chosen">The clips.</param>
    /// <param name="isLast">Whether the model has the weights after the last epoch.</param>
    /// <param name="settings">How clips are read; null for the defaults.</param>
    /// <exception cref="CorpusException">There is no clip, or one cannot be read and the settings are strict.</exception>
    public static RunReport Measure(
        RunDirectory run, CommandModel model, EvaluationClips chosen, bool isLast = false, EvaluationSettings? settings = null)
    {
        settings ??= new EvaluationSettings();
        var loaded = ModelEvaluation.Load(model, chosen, settings);
        settings.Skipped(loaded.Problems);
        return RunReport.Measure(run, model, isLast, new ReportClips(loaded.Clips, chosen.Choice, chosen.Learned.Count, loaded.Problems), settings.Threads);
    }

    /// <summary>Reads a comparison.</summary>
    /// <param name="subject">The comparison.</param>
    /// <exception cref="CheckpointException">The comparison cannot be read, or no run of it is finished.</exception>
    public static ReportedComparison ReadComparison(ReportSubject subject)
    {
        using var store = ComparisonStore.Read(new ComparisonFolder(subject.Path).StorePath);
        var plan = store.ReadPlan();
        var result = ComparisonSummary.Summarize(plan, store.Outcomes());
        if (result.FinishedRuns == 0) throw new CheckpointException($"{subject.Path} has no finished run yet; compare again into the same folder.");
        return new ReportedComparison(subject.Name, plan, result);
    }

    /// <summary>Clips that validated the run in its own corpus and are no longer there, nor named by the corpus as missing.</summary>
    private static IEnumerable<CorpusProblem> Gone(RunCorpus own, EvaluationClips chosen, JudgingChoice choice)
    {
        if (choice.Corpus is not null || choice.List is not null) return [];
        var there = chosen.Clips.Select(PreparedCorpus.ClipId).ToHashSet(StringComparer.Ordinal);
        return own.ValidationClips.Where(id => !there.Contains(id)).Select(id => id[(id.IndexOf('|') + 1)..])
            .Where(name => !chosen.Problems.Any(problem => problem.Path.EndsWith(name, StringComparison.Ordinal)))
            .Select(name => new CorpusProblem(name, "judged the run in its training and is no longer in the corpus"));
    }
}
