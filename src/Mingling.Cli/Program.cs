using Mingling.Cli;
using Mingling.Cli.Commands;

return CommandLine.Run(RootCommands.Create(), args);
