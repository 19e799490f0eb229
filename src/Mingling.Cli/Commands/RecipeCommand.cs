using System.CommandLine;
using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling recipe</c>: prints a recipe file with comments, to be changed and given to train.</summary>
internal static class RecipeCommand
{
    public static Command Create()
    {
        var command = new Command("recipe", "Prints a recipe file, every key explained, for 'mingling train --recipe FILE'.");
        var recipe = new RecipeArguments(command);
        Option<string?> from = new Option<string?>("--from") { Description = "Print the recipe of this run as it was trained.", HelpName = "RUN" }.NotEmpty();
        command.Options.Add(from);
        command.SetAction(parsed =>
        {
            Torch.Start();
            var (asked, given) = (recipe.Read(parsed), recipe.Given(parsed));
            if (parsed.GetValue(from) is { } run)
            {
                if (given.Count > 0)
                    throw new UsageException($"--from prints the recipe of a run as it is; leave out {string.Join(", ", given.Values.Distinct())}.");
                Console.Write(RecipeFile.Write(RunDirectory.Open(run).Manifest.Recipe));
            }
            else Console.Write(RecipeFile.Write(asked, given.Keys));
            return CommandLine.Success;
        });
        return command;
    }
}
