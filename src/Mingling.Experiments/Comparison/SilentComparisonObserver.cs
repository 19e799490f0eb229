using Mingling.Corpora;

namespace Mingling.Experiments.Comparison;

/// <summary>Nobody receives the progress.</summary>
internal sealed class SilentComparisonObserver : IComparisonObserver
{
    public void Noted(string sentence)
    {
    }

    public void Skipped(IReadOnlyList<CorpusProblem> problems)
    {
    }

    public void Continued(int done, int all)
    {
    }

    public void JobEnded(ComparisonJob job, JobOutcome outcome, int done, int all, TimeSpan left)
    {
    }
}
