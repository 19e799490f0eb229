using Mingling.Cli.Host;
using Mingling.Training;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary>Runs a training of the library and shows it.</summary>
internal static class TrainingRuns
{
    /// <summary>Threads that prepare clips ahead: all cores but the one that trains, at least 1 and at most 4.</summary>
    public static int DataThreads { get; } = Math.Clamp(Environment.ProcessorCount - 1, 1, 4);

    /// <exception cref="UsageException">The recipe differs from that of the run to be continued.</exception>
    public static RunDirectory Train(TrainingRequest request, bool forProgram, CancellationToken cancellation)
    {
        using var display = new SessionDisplay(forProgram);
        try
        {
            return TrainingSession.Train(request with { Observer = display, DecodingThreads = Environment.ProcessorCount, Version = Versions.Mingling }, cancellation);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ArgumentMessage.WithoutParameter(e));
        }
        catch (OperationCanceledException)
        {
            CommandLine.Complain($"stopped; what the finished epochs learned is in {request.RunPath}, and --resume goes on from there.");
            throw;
        }
    }
}
