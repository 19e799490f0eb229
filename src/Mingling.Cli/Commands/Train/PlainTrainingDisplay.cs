using Mingling.Training.Runs;

namespace Mingling.Cli.Commands;

/// <summary>A line for each epoch.</summary>
internal sealed class PlainTrainingDisplay(TextWriter output) : TrainingDisplay
{
    private int _epochs, _done;
    private double _seconds;

    public override void Started(TrainingStart start)
    {
        _epochs = start.Epochs;
        output.WriteLine(Intro(start));
    }

    public override void StepDone(StepReport step)
    {
    }

    public override void EpochDone(EpochReport epoch)
    {
        _done++;
        _seconds += epoch.Seconds;
        string parts = epoch.Loss.Parts.Count == 1 ? "" : " = " + string.Join(" + ", epoch.Loss.Parts.Select(part => $"{part.Name} {part.Value:0.0000}"));
        output.WriteLine($"epoch {epoch.Epoch}/{_epochs}  loss {epoch.Loss.Total:0.0000}{parts}  "
            + $"training {Percent(epoch.TrainingAccuracy)}  validation {Percent(epoch.ValidationAccuracy)}{(epoch.Best ? " *" : "")}  "
            + $"{epoch.ClipsPerSecond:N0} clips/s  {Left(_epochs - epoch.Epoch, _seconds / _done)} left");
    }

    public override void Warned(string sentence) => output.WriteLine($"warning: {sentence}");

    public override void Dispose() => output.Flush();
}
