using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Training.Recipes;
using Mingling.Training.Recipes.Keys;

namespace Mingling.Cli.Commands;

/// <summary>
/// <c>mingling reference</c>, hidden: prints <c>docs/reference.md</c> as the program itself describes its commands, arguments, options and
/// recipe keys. A test compares the file with it.
/// </summary>
internal static class ReferenceCommand
{
    private const string Head =
        """
        # Command reference

        Every command, argument, option and recipe key of `mingling`. This page is made from the program; do not edit it. Renew it with

        ```
        dotnet run -c Release --project src/Mingling.Cli -- reference --out docs/reference.md
        ```

        Exit codes: 0 success, 1 failure, 2 wrong usage. Messages go to the standard error output, results to the standard output. Every
        command has `--help`; `mingling --version` prints the version.
        """;

    private const string RecipeHead =
        """
        ## Recipe keys

        A recipe file is TOML; `mingling recipe` prints one. [Training](training.md) explains how recipes are used. A key that a file leaves
        out has its default, which is given here for the recipe `default`; it can differ with the encoder, the feature preset and for trimmed
        clips. Where an option is named, it sets the same key and overrides the file.
        """;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("reference", "Prints the command reference as Markdown.") { Hidden = true };
        var output = new Option<string?>("--out") { Description = "Markdown file to write (default: the standard output).", HelpName = "FILE" }.NotEmpty();
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            string text = Write(RootCommands.Create());
            if (parsed.GetValue(output) is { } path) OutputFile.Write(path, text);
            else Console.Out.Write(text);
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>The reference of a command and of all commands below it that are not hidden, as Markdown with line feeds.</summary>
    public static string Write(RootCommand root)
    {
        var text = new StringBuilder(Head).Append("\n\n");
        var commands = Shown(root, "mingling").ToList();
        Table(text, ["command", "purpose"], commands.Select(command =>
            new[] { $"[`{command.Path}`](#{command.Path.Replace(' ', '-')})", Escape(command.Command.Description) }));
        foreach (var (path, command) in commands) Section(text, path, command);
        RecipeSection(text, commands.SelectMany(command => command.Command.Options));
        return text.ToString().TrimEnd('\n') + "\n";
    }

    // A command that only holds others has nothing to say of its own.
    private static IEnumerable<(string Path, Command Command)> Shown(Command parent, string path) =>
        parent.Subcommands.Where(command => !command.Hidden).SelectMany(command => command.Subcommands.Count > 0
            ? Shown(command, $"{path} {command.Name}")
            : [($"{path} {command.Name}", command)]);

    private static void Section(StringBuilder text, string path, Command command)
    {
        var arguments = command.Arguments.Where(argument => !argument.Hidden).ToList();
        string usage = string.Concat(arguments.Select(argument => argument.Arity switch
        {
            { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } => $" [{argument.Name}]",
            { MinimumNumberOfValues: 0 } => $" [{argument.Name} …]",
            { MaximumNumberOfValues: 1 } => $" {argument.Name}",
            _ => $" {argument.Name} …",
        }));
        text.Append(CultureInfo.InvariantCulture, $"## {path}\n\n{Escape(command.Description)}\n\n```\n{path}{usage} [options]\n```\n\n");
        if (arguments.Count > 0)
            Table(text, ["argument", "meaning"], arguments.Select(argument => new[] { Code(argument.Name), Escape(argument.Description) }));

        var options = command.Options.Where(option => !option.Hidden && option is not System.CommandLine.Help.HelpOption).ToList();
        var ofRecipe = options.Where(option => option is IRecipeOption).ToList();
        if (options.Count > ofRecipe.Count)
            Table(text, ["option", "meaning", "default"], options.Except(ofRecipe).Select(option => new[] { Named(option), Meaning(option), Default(option) }));
        if (ofRecipe.Count > 0)
            text.Append("These options set [recipe keys](#recipe-keys): ").AppendJoin(", ", ofRecipe.Select(option => Code(option.Name))).Append(".\n\n");
    }

    private static string Named(Option option) =>
        string.Join(", ", option.Aliases.Prepend(option.Name).Select(Code)) + (option.HelpName is { Length: > 0 } value ? " " + Code(value) : "");

    private static string Meaning(Option option)
    {
        string meaning = Escape(option.Description) + (option.Required ? " Required." : "");
        // Flags need no list of values, and a short list stands beside the option already. Boolean options complete to "true" and "false", which their HelpName says where a value is wanted.
        if (option.ValueType == typeof(bool) || option.ValueType == typeof(bool?)) return meaning;
        var allowed = option.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label).ToList();
        return allowed.Count == 0 || meaning.Contains(Validation.OneOfValues, StringComparison.Ordinal) || option.HelpName?.Split('|').Length == allowed.Count ? meaning : $"{meaning} Values: {string.Join(", ", allowed.Select(Code))}.";
    }

    private static string Default(Option option) => !option.HasDefaultValue ? "" : option.GetDefaultValue() switch
    {
        null or false => "",
        IFormattable value => Code(value.ToString(null, CultureInfo.InvariantCulture)),
        var value => Code($"{value}"),
    };

    private static void RecipeSection(StringBuilder text, IEnumerable<Option> all)
    {
        text.Append(RecipeHead).Append("\n\n");
        var options = all.OfType<IRecipeOption>().GroupBy(option => option.Key.Path).ToDictionary(group => group.Key, group => ((Option)group.First()).Name);
        foreach (var table in RecipeKeys.Tables)
        {
            if (table.Name.Length > 0) text.Append(CultureInfo.InvariantCulture, $"### [{table.Name}]\n\n{Escape(table.Explanation)}\n\n");
            Table(text, ["key", "option", "meaning", "value", "default"], table.Keys.Select(key => new[]
            {
                Code(key.Name), options.TryGetValue(key.Path, out string? option) ? Code(option) : "", Escape(key.Explanation), Escape(key.Value.Right),
                key.FoundFromClips is { } found ? Escape(found) : Code(key.Write(TrainingRecipe.Default)),
            }));
        }
    }

    private static void Table(StringBuilder text, string[] headings, IEnumerable<string[]> rows)
    {
        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Row(headings);
        Row(headings.Select(_ => "---"));
        foreach (string[] row in rows) Row(row);
        text.Append('\n');
    }

    // In a table a bar ends the cell, also within code.
    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Escape(string? text) => (text ?? "").Aggregate(
        new StringBuilder(), (escaped, c) => "|<>*_[]`".Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c) : escaped.Append(c)).ToString();
}
