namespace Mingling.Training.Tests;

public class Placeholder { [Fact] public void Runs() => true.ShouldBeTrue(); }
