using Mingling.Cli.Display;
using Mingling.Corpora;
using Mingling.Experiments.Comparison;
using Mingling.Experiments.Reports.Content;
using Mingling.Training.Data;
using Mingling.Training.Models;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Cli;

/// <summary>By what the runs of a report are judged.</summary>
/// <param name="Corpus">The corpus; null for each run's own.</param>
/// <param name="List">A list of clips, or null.</param>
/// <param name="Pattern">The pattern of file names, or null.</param>
/// <param name="Strict">Whether a broken file ends the report.</param>
/// <param name="Last">Whether the weights after the last epoch are judged.</param>
internal sealed record JudgingChoice(string? Corpus, string? List, string? Pattern, bool Strict, bool Last);

/// <summary>Measures what a report shows.</summary>
internal static class ReportSession
{
    /// <exception cref="CorpusException">The corpus is not where the run found it, or cannot be used.</exception>
    public static RunReport Measure(ReportSubject subject, JudgingChoice choice)
    {
        var run = RunDirectory.Open(subject.Path);
        var own = run.Manifest.Corpus;
        string path = choice.Corpus ?? own.Source.Path;
        if (choice.Corpus is null && !Path.Exists(path))
            throw new CorpusException($"the corpus of {subject.Path} is not at {path} any more; say with --corpus where it is.");
        var asked = new CorpusSource { Path = Path.GetFullPath(path), Options = new CorpusOptions { Pattern = choice.Pattern, Strict = choice.Strict } };
        var chosen = EvaluationClips.Choose(asked, own, choice.List, part: null);
        using var model = run.LoadModel(choice.Last);
        return Measure(run, model, chosen with { Problems = [.. Gone(own, chosen, choice), .. chosen.Problems] }, choice);
    }

    /// <summary>Measures a run by clips that were chosen.</summary>
    public static RunReport Measure(RunDirectory run, CommandModel model, EvaluationClips chosen, JudgingChoice choice)
    {
        var loaded = WordEvaluation.Load(model, chosen, choice.Strict);
        CorpusNotes.Print(loaded.Problems);
        return RunReport.Measure(run, model, choice.Last, new ReportClips(loaded.Clips, chosen.Choice, chosen.Learned.Count, loaded.Problems), Environment.ProcessorCount);
    }

    /// <exception cref="CheckpointException">The comparison cannot be read, or no run of it is finished.</exception>
    public static ReportedComparison Compared(ReportSubject subject)
    {
        using var store = ComparisonStore.Read(new ComparisonFolder(subject.Path).StorePath);
        var plan = store.ReadPlan();
        var result = ComparisonSummary.Of(plan, store.Outcomes());
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
