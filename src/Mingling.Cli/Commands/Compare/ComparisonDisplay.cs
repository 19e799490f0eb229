using Mingling.Cli.Display;
using Mingling.Cli.Host;
using Mingling.Corpora;
using Mingling.Experiments.Comparison;

namespace Mingling.Cli.Commands;

/// <summary>Shows the progress of a comparison, a line for each run.</summary>
internal sealed class ComparisonDisplay(TextWriter progress) : IComparisonObserver
{
    public void Noted(string sentence) => CommandLine.Complain($"note: {sentence}");

    public void Skipped(IReadOnlyList<CorpusProblem> problems) => CorpusNotes.Print(problems);

    public void Continued(int done, int all) => progress.WriteLine($"{done} of {all} runs are finished already.");

    public void JobEnded(ComparisonJob job, JobOutcome outcome, int done, int all, TimeSpan left)
    {
        string said = outcome.Result is { } result ? $"{100 * result.Accuracy:0.0} %" : $"failed: {outcome.Error}";
        progress.WriteLine($"[{done}/{all}] {job}: {said}{(done < all ? $"  ({Duration.Text(left.TotalSeconds)} left)" : "")}");
    }
}
