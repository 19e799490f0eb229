namespace Mingling.PublicApi.Tests;

public class Placeholder { [Fact] public void Runs() => true.ShouldBeTrue(); }
