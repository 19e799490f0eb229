using Mingling.Cli.Display;
using Mingling.Training.Loop;
using Mingling.Training.Runs;
using Spectre.Console;

namespace Mingling.Cli.Commands;

/// <summary>Chooses how a training is shown.</summary>
internal abstract class TrainingDisplay : ITrainingObserver, IDisposable
{
    /// <summary>A live display on a terminal, plain lines otherwise; on the error output where the standard output is for a program.</summary>
    public static TrainingDisplay Create(bool forProgram)
    {
        if (forProgram) return new PlainTrainingDisplay(Console.Error);
        bool live = AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive;
        return live ? new LiveTrainingDisplay() : new PlainTrainingDisplay(Console.Out);
    }

    public abstract void Started(TrainingStart start);

    public abstract void StepDone(StepReport step);

    public abstract void EpochDone(EpochReport epoch);

    public abstract void Warned(string sentence);

    public abstract void Dispose();

    protected static string Intro(TrainingStart start) =>
        $"{start.Classes} words, {start.TrainingClips:N0} training clips, {start.ValidationClips:N0} validation clips, {start.Parameters:N0} parameters"
        + (start.FirstEpoch > start.Epochs ? "; all epochs are done" : start.FirstEpoch > 1 ? $"; goes on with epoch {start.FirstEpoch}" : "");

    protected static string Percent(double? share) => share is { } value ? $"{100 * value:0.0} %" : "–";

    /// <summary>Time left, from the mean time of the epochs done here.</summary>
    protected static string Left(double epochsLeft, double secondsPerEpoch) => Duration.Text(epochsLeft * secondsPerEpoch);
}
