using System.CommandLine;
using System.Text.Json;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Training.Recipes.Files;
using Mingling.Training.Recipes.Named;
using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary><c>mingling recipe</c>: prints a recipe file with comments, to be changed and given to train.</summary>
internal static class RecipeCommand
{
    public static Command Create()
    {
        var command = new Command("recipe", "Prints a recipe file with every key explained, for 'mingling train --recipe FILE'.");
        var recipe = new RecipeArguments(command, withOrigin: false);
        var from = new Option<string?>("--from") { Description = "Print the recipe that this run was trained with.", HelpName = "RUN" }.NotEmpty();
        Option<bool> list = new("--list") { Description = "List the named recipes: name, encoder, source." };
        Option<bool> json = new("--json") { Description = "Print the list as one JSON object (with --list)." };
        foreach (var option in new Option[] { from, list, json }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(list)) return List(parsed.GetValue(json));
            if (parsed.GetValue(json)) throw new UsageException("--json goes with --list; a recipe is printed as TOML.");
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

    private static int List(bool json)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { recipes = NamedRecipes.All.Select(recipe => new { recipe.Name, recipe.Encoder, recipe.Source }) }, CliJson.Options));
        else foreach (var recipe in NamedRecipes.All) Console.WriteLine($"{recipe.Name}\t{recipe.Encoder}\t{recipe.Source}");
        return CommandLine.Success;
    }
}
