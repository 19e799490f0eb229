using System.CommandLine;

namespace Mingling.Cli.Arguments;

/// <summary>Rules for what may be given to an argument or an option, so that a mistake is told before any work begins.</summary>
internal static class Validation
{
    /// <summary>How the sentence of a description begins that lists all values.</summary>
    public const string OneOfValues = "One of";

    private const int LongestList = 24, MostDescribed = 8;

    public static Argument<T> NotEmpty<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError($"{argument.Name} is empty; give a path.");
        });
        return argument;
    }

    public static Option<T> NotEmpty<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError($"{option.Name} is empty; give it a value.");
        });
        return option;
    }

    /// <summary>Only these names, in any case; numbers that stand for them are no names.</summary>
    public static Option<T> OneOf<T>(this Option<T> option, params string[] names)
    {
        // A list that is too long for the first column of the help would be broken within a name.
        option.HelpName = string.Join('|', names);
        if (option.HelpName.Length > LongestList)
        {
            option.HelpName = option.Name.TrimStart('-').ToUpperInvariant();
            if (names.Length <= MostDescribed) option.Description = $"{option.Description} {OneOfValues} {string.Join(", ", names)}.";
        }
        option.CompletionSources.Clear();
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !names.Contains(token.Value, StringComparer.OrdinalIgnoreCase)))
                result.AddError($"{option.Name} takes one of {string.Join(", ", names)}.");
        });
        return option;
    }
}
