using System.CommandLine;

namespace Mingling.Cli.Commands;

/// <summary>The command with all of its verbs, in the order of the help.</summary>
internal static class RootCommands
{
    /// <summary>Creates the command; nothing runs yet.</summary>
    public static RootCommand Create() =>
        new("Trains and runs recognisers of spoken command words that keep similar words apart.")
        {
            DemoCommand.Create(),
            StudioCommand.Create(),
            StudioJobCommand.Create(),
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
            ServeCommand.Create(),
            MineCommand.Create(),
            EnrollCommand.Create(),
            CalibrateCommand.Create(),
            EncodersCommand.Create(),
            SetupCommand.Create(),
            DoctorCommand.Create(),
            VectorsCommand.Create(),
            ReferenceCommand.Create(),
        };
}
