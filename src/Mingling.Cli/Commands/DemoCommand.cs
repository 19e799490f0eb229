using System.CommandLine;

namespace Mingling.Cli.Commands;

internal static class DemoCommand
{
    public static Command Create() => new("demo", "");
}
