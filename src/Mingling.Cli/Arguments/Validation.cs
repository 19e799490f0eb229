using System.CommandLine;

namespace Mingling.Cli.Arguments;

/// <summary>Rules for what may be given to an argument or an option, so that a mistake is told before any work begins.</summary>
internal static class Validation
{
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
        option.HelpName = string.Join('|', names);
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
