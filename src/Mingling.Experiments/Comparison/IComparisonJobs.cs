using Mingling.MetricLearning.Joint;
using Mingling.Training.Encoders;

namespace Mingling.Experiments.Comparison;

/// <summary>How the runs of a comparison are made: in this process, in others, on other machines.</summary>
public interface IComparisonJobs
{
    /// <summary>Makes a run to its end; its result lies in the folder then.</summary>
    /// <param name="folder">The folder of the comparison.</param>
    /// <param name="job">The run.</param>
    /// <param name="cancellation">Stops it; it can be continued.</param>
    /// <returns>Null, or why it failed in one sentence.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<string?> Run(string folder, ComparisonJob job, CancellationToken cancellation);
}

/// <summary>
/// Makes runs in this process, one after another, whatever number is asked for at once: torch's random state belongs to the process, and
/// with two runs at once neither could be repeated.
/// </summary>
/// <param name="encoders">The encoders that can be named; null for those of the library.</param>
/// <param name="losses">The losses that can be named; null for those of the library.</param>
public sealed class ComparisonJobsInProcess(EncoderCatalog? encoders = null, LossCatalog? losses = null) : IComparisonJobs, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <inheritdoc/>
    public async Task<string?> Run(string folder, ComparisonJob job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        await _one.WaitAsync(cancellation);
        try
        {
            await Task.Run(() => new ComparisonWorker(new ComparisonFolder(folder), encoders, losses).Run(job.Id, threads: 1, cancellation), CancellationToken.None);
            return null;
        }
        catch (MinglingException e)
        {
            return e.Message;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
