namespace Mingling.Cli.Tests;

public class Placeholder { [Fact] public void Runs() => true.ShouldBeTrue(); }
