using System.CommandLine;
using System.CommandLine.Parsing;

namespace Mingling.Cli.Host;

/// <summary>What all commands understand alike in their arguments.</summary>
internal static class CommonArguments
{
    private static readonly Type[] Whole = [typeof(int), typeof(int?), typeof(long), typeof(long?), typeof(ulong), typeof(ulong?)];
    private static readonly Type[] Real = [typeof(double), typeof(double?)];

    /// <summary>Lets every numeric option of a command and of those below it take numbers by the rule of <see cref="NumberText"/> alone.</summary>
    public static void RequireStrictNumbers(Command command)
    {
        foreach (var option in command.Options)
        {
            bool isWhole = Whole.Contains(option.ValueType);
            if (!isWhole && !Real.Contains(option.ValueType)) continue;
            option.Validators.Add(result => Check(result, option.Name, isWhole));
        }
        foreach (var inner in command.Subcommands) RequireStrictNumbers(inner);
    }

    /// <summary>
    /// The arguments with the home folder for a <c>~</c> that a shell has left, as after the sign in <c>--out=~/run</c>; a file that has that
    /// name stays what it is.
    /// </summary>
    public static string[] WithHome(string[] arguments)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 || Path.Exists("~") ? arguments : [.. arguments.Select(argument => WithHome(argument, home))];
    }

    private static string WithHome(string argument, string home)
    {
        int at = argument.StartsWith('-') ? argument.AsSpan().IndexOfAny('=', ':') + 1 : 0;
        if (at == 0 && argument.StartsWith('-')) return argument;
        string value = argument[at..];
        return value == "~" || value.StartsWith("~/", StringComparison.Ordinal) || value.StartsWith("~" + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? argument[..at] + home + value[1..]
            : argument;
    }

    private static void Check(OptionResult result, string name, bool isWhole)
    {
        foreach (var token in result.Tokens)
            if (isWhole ? !NumberText.IsWhole(token.Value) : !NumberText.TryReal(token.Value, out _)) result.AddError($"{name}: {NumberText.Fault(token.Value, isWhole)}.");
    }
}
