namespace Mingling.Cli.Tests;

public class SetupTests
{
    [Fact]
    public void Setup_where_libtorch_lies_beside_the_command_fetches_nothing_and_says_that_it_works()
    {
        var result = MinglingProcess.Run(AppContext.BaseDirectory, "setup");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("you can train");
        result.Output.ShouldNotContain("Fetching");
    }
}
