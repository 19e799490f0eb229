using System.CommandLine;
using Mingling.Cli;
using Mingling.Cli.Commands;

var root = new RootCommand("Recognises spoken command words, and keeps words that sound alike apart.")
{
    DemoCommand.Create(),
    CorpusCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    RecognizeCommand.Create(),
    DoctorCommand.Create(),
};
return CommandLine.Run(root, args);
