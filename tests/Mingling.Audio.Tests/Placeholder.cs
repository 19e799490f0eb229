namespace Mingling.Audio.Tests;

public class Placeholder { [Fact] public void Runs() => true.ShouldBeTrue(); }
