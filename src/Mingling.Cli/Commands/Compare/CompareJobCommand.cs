using System.CommandLine;
using Mingling.Cli.Host;
using Mingling.Experiments.Comparison;

namespace Mingling.Cli.Commands;

/// <summary>One run of a comparison, in the process that <see cref="JobProcess"/> starts for it. Not for users.</summary>
internal static class CompareJobCommand
{
    public const string Name = "compare-job", Threads = "--threads";

    public static Command Create()
    {
        var command = new Command(Name, "Trains one run of a comparison.") { Hidden = true };
        Argument<string> folder = new("DIR") { Description = "Folder of the comparison." };
        Argument<string> id = new("ID") { Description = "The run." };
        command.Arguments.Add(folder);
        command.Arguments.Add(id);
        Option<int> threads = new(Threads) { Description = "Threads that compute.", DefaultValueFactory = _ => 1 };
        command.Options.Add(threads);
        command.SetAction(async (parsed, cancellation) =>
        {
            Torch.Start();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            StopWithParent(stop);
            var worker = new ComparisonWorker(new ComparisonFolder(parsed.GetValue(folder)!));
            await Task.Run(() => worker.Run(parsed.GetValue(id)!, parsed.GetValue(threads), stop.Token), CancellationToken.None);
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>The parent holds the other end of the standard input: it closes when the parent says so or is gone.</summary>
    private static void StopWithParent(CancellationTokenSource stop)
    {
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
                // Nothing is ever sent.
            }
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The run has ended already.
            }
        })
        { IsBackground = true };
        watch.Start();
    }
}
