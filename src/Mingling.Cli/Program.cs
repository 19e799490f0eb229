using System.CommandLine;
using Mingling.Cli.Commands;
using Mingling.Cli.Host;

var root = new RootCommand("Recognises spoken command words, and keeps words that sound alike apart.")
{
    DemoCommand.Create(),
    CorpusCommand.Create(),
    RecipeCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ExportCommand.Create(),
    SimilarCommand.Create(),
    CompareCommand.Create(),
    CompareJobCommand.Create(),
    ReportCommand.Create(),
    RecognizeCommand.Create(),
    SpotCommand.Create(),
    EnrollCommand.Create(),
    CalibrateCommand.Create(),
    EncodersCommand.Create(),
    SetupCommand.Create(),
    DoctorCommand.Create(),
};
return CommandLine.Run(root, args);
