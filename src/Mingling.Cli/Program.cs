using Mingling.Cli.Commands;
using Mingling.Cli.Host;

return LateSignals.RunBefore(() => CommandLine.Run(RootCommands.Create(), args));

/// <summary>The program, which the framework would make public where nothing is said.</summary>
internal sealed partial class Program;
