using Mingling.Cli.Commands;

namespace Mingling.Cli.Tests;

public class ReferenceTests
{
    [Fact]
    public void Reference_of_the_documentation_is_current()
    {
        string written = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference.md")).ReplaceLineEndings("\n");
        string current = ReferenceCommand.Write(RootCommands.Create()).ReplaceLineEndings("\n");
        written.ShouldBe(current, "docs/reference.md is not current; renew it with "
            + "'dotnet run -c Release --project src/Mingling.Cli -- reference --out docs/reference.md'");
    }

    /// <summary>On machines with one core and with many, so that no default of one machine gets into the documentation.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    public void Reference_command_writes_what_the_test_compares_on_every_machine(string cores)
    {
        using var tones = new ToneCorpus(speakers: 1, takes: 1);
        var written = MinglingProcess.RunWith(tones.Folder, ("DOTNET_PROCESSOR_COUNT", cores), "reference", "--out", "reference.md");
        written.ExitCode.ShouldBe(0, written.Error);
        File.ReadAllText(tones["reference.md"]).ReplaceLineEndings("\n").ShouldBe(ReferenceCommand.Write(RootCommands.Create()).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Reference_names_every_command_that_is_not_hidden()
    {
        string text = ReferenceCommand.Write(RootCommands.Create());
        foreach (var command in RootCommands.Create().Subcommands)
            text.Contains($"## mingling {command.Name}", StringComparison.Ordinal).ShouldBe(!command.Hidden, command.Name);
    }
}
