using Mingling.Corpora;

namespace Mingling.Experiments.Comparison;

/// <summary>Receives the progress of a comparison. May be called from several threads, one at a time.</summary>
public interface IComparisonObserver
{
    /// <summary>Something worth knowing, in one sentence.</summary>
    void Noted(string sentence);

    /// <summary>Recordings that are left out.</summary>
    void Skipped(IReadOnlyList<CorpusProblem> problems);

    /// <summary>Some runs were finished before.</summary>
    /// <param name="done">How many.</param>
    /// <param name="all">The number of runs.</param>
    void Continued(int done, int all);

    /// <summary>A run ended.</summary>
    /// <param name="job">The run.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="done">How many have ended, with those finished before.</param>
    /// <param name="all">The number of runs.</param>
    /// <param name="left">The time that the others will take, by the mean of those made now.</param>
    void JobEnded(ComparisonJob job, JobOutcome outcome, int done, int all, TimeSpan left);
}
