using System.CommandLine;
using System.CommandLine.Parsing;
using Mingling.Audio;
using Mingling.MetricLearning;
using Mingling.Training;
using Mingling.Training.Checkpoints;
using Mingling.Training.Corpora;
using Spectre.Console;

namespace Mingling.Cli;

/// <summary>Runs a command and turns what went wrong into one sentence and an exit code.</summary>
internal static class CommandLine
{
    public const int Success = 0, Failure = 1, WrongUsage = 2, Interrupted = 130;

    /// <summary>0 on success, 1 for a failure, 2 for wrong usage, 130 after Ctrl-C.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        // Where no terminal says how wide it is, paths and sentences stay on one line.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 200;
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Complain(error.Message);
            Console.Error.WriteLine($"Try 'mingling {string.Join(' ', CommandPath(parsed))}--help'.");
            return WrongUsage;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException e)
        {
            Complain(e.Message);
            return WrongUsage;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception e) when (IsExpected(e))
        {
            Complain(e.Message.ReplaceLineEndings(" "));
            return Failure;
        }
        catch (Exception e)
        {
            string what = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
            Complain($"this should not have happened ({what}); please report it with the command that you gave.");
            return Failure;
        }
    }

    /// <summary>Prints one sentence about what is wrong.</summary>
    public static void Complain(string message) => Console.Error.WriteLine($"mingling: {message}");

    private static IEnumerable<string> CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command?.Parent is not null; command = command.Parent as CommandResult)
            names.Push(command.Command.Name + " ");
        return names;
    }

    private static bool IsExpected(Exception e) =>
        e is CorpusException or CheckpointException or TrainingFailedException or AudioFormatException
            or TorchRuntimeException or IOException or UnauthorizedAccessException;
}
