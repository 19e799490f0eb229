using System.CommandLine;

namespace Mingling.Cli.Commands;

internal static class CorpusCommand
{
    public static Command Create() => new("corpus", "");
}
