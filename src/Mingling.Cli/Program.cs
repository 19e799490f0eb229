using Mingling.Cli.Commands;
using Mingling.Cli.Host;

return CommandLine.Run(RootCommands.Create(), args);
