using System.Globalization;
using Mingling.Cli.Host;
using Mingling.Training;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary>Runs a training of the library and shows it.</summary>
internal static class TrainingRuns
{
    /// <summary>What to say of a training that learned nothing; null of any other.</summary>
    private static string? AtChance(RunDirectory run)
    {
        const double nearly = 1.5;
        if (run.History() is not [.., { ValidationAccuracy: { } validation } last]) return null;
        double chance = 1.0 / run.Manifest.Classes.Count;
        return validation > nearly * chance || (last.TrainingAccuracy ?? 0) > nearly * chance ? null
            : string.Create(CultureInfo.InvariantCulture, $"the training stayed at chance: it recognises {100 * validation:0.0} % of the validation clips of {run.Manifest.Classes.Count} words; ")
                + string.Create(CultureInfo.InvariantCulture, $"a lower learning rate than {run.Manifest.Recipe.Optimizer.LearningRate}, more epochs, or more recordings of each word may help.");
    }

    /// <exception cref="UsageException">The recipe differs from that of the run to be continued.</exception>
    public static RunDirectory Train(TrainingRequest request, bool forProgram, CancellationToken cancellation)
    {
        // Of several processes one speaks.
        bool speaks = request.Ranks.IsFirst;
        using var display = speaks ? new SessionDisplay(forProgram, request.Recipe.Features.SampleRate) : null;
        try
        {
            var run = TrainingSession.Train(request with { Observer = display, DecodingThreads = request.Threads, Version = Versions.Mingling }, cancellation);
            if (speaks && AtChance(run) is { } note) CommandLine.Complain($"note: {note}");
            return run;
        }
        catch (ArgumentException e)
        {
            throw new UsageException(ArgumentMessage.WithoutParameter(e));
        }
        catch (OperationCanceledException)
        {
            if (speaks) CommandLine.Complain($"stopped; what the finished epochs learned is in {request.RunPath}, and --resume goes on from there.");
            throw;
        }
    }
}
