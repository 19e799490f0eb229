using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Mingling.Cli.Host;

/// <summary>Runs a command and turns what went wrong into one sentence and an exit code.</summary>
internal static partial class CommandLine
{
    public const int Success = 0, Failure = 1, WrongUsage = 2;

    /// <summary>0 on success, 1 for a failure or an interruption, 2 for wrong usage.</summary>
    /// <param name="root">The command.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="failed">Gets what is wrong with the user's things, beside the sentence that is printed; null (default) for nobody.</param>
    /// <param name="stop">Stops it, as Ctrl-C does.</param>
    public static int Run(RootCommand root, string[] args, Action<MinglingException>? failed = null, CancellationToken stop = default)
    {
        Terminal.Prepare(root);
        CommonArguments.RequireStrictNumbers(root);
        var parsed = root.Parse(CommonArguments.WithHome(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            // A value that no rule allows is no value of its type either; that is said once.
            foreach (var error in parsed.Errors.Where(error => !CannotParse(error) || parsed.Errors.All(CannotParse))) Complain(WithoutTypes().Replace(error.Message, "."));
            Continue($"Try 'mingling {string.Concat(CommandPath(parsed))}--help'.");
            return WrongUsage;
        }
        if (StrayOption(parsed) is { } stray)
        {
            Complain($"there is no option '{stray}' of 'mingling {string.Concat(CommandPath(parsed)).TrimEnd()}'; {NearNames.Hint(stray, [.. parsed.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name)])}");
            Continue($"Try 'mingling {string.Concat(CommandPath(parsed))}--help'.");
            return WrongUsage;
        }
        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return stop.CanBeCanceled ? parsed.InvokeAsync(invocation, stop).GetAwaiter().GetResult() : parsed.Invoke(invocation);
        }
        catch (Exception e)
        {
            if (e is MinglingException known) failed?.Invoke(known);
            return Explain(e);
        }
    }

    /// <summary>Prints what went wrong in one sentence.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="who">What stands before the sentence. Default: nothing.</param>
    /// <returns>The exit code.</returns>
    public static int Explain(Exception failure, string who = "")
    {
        switch (failure)
        {
            case UsageException:
                Complain(who + failure.Message);
                return WrongUsage;
            case OperationCanceledException:
                return Failure;
            case var _ when IsExpected(failure):
                Complain(who + failure.Message.ReplaceLineEndings(" "));
                return Failure;
            default:
                string what = $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}";
                Complain($"{who}this should not have happened ({what}); please report it with the command that you gave.");
                return Failure;
        }
    }

    /// <summary>Prints one sentence about what is wrong.</summary>
    public static void Complain(string message) => Continue($"mingling: {LongWords().Replace(message, word => $"{word.Value[..300]}…{word.Value[^100..]}")}");

    /// <summary>Prints a further line of a complaint. Where nobody can read it, the exit code has to do.</summary>
    public static void Continue(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // The error output is closed or full.
        }
    }

    /// <summary>
    /// What looks like an option and was taken for a file, because the command takes any number of them; null where nothing was. After "--",
    /// and where there is such a file, it is one.
    /// </summary>
    private static string? StrayOption(ParseResult parsed)
    {
        var literal = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .FirstOrDefault(value => value.Length > 1 && value[0] == '-' && (value[1] == '-' || char.IsAsciiLetter(value[1])) && !literal.Contains(value) && !Path.Exists(value));
    }

    private static bool CannotParse(ParseError error) => error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal);

    /// <summary>What no file system and no language has as one name: the middle of it helps nobody.</summary>
    [GeneratedRegex("\\S{1000,}")]
    private static partial Regex LongWords();

    /// <summary>The parser names the types of .NET, which say nothing to a user.</summary>
    [GeneratedRegex(" as expected type '.*'\\.?$")]
    private static partial Regex WithoutTypes();

    private static IEnumerable<string> CommandPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var command = parsed.CommandResult; command?.Parent is not null; command = command.Parent as CommandResult)
            names.Push(command.Command.Name + " ");
        return names;
    }

    private static bool IsExpected(Exception e) => e is MinglingException or IOException or UnauthorizedAccessException;
}
