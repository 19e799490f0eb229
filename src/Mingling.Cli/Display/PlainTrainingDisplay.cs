using Mingling.Training;

namespace Mingling.Cli.Display;

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
        string center = epoch.Loss.Center > 0 ? $" + center {epoch.Loss.Center:0.0000}" : "";
        output.WriteLine($"epoch {epoch.Epoch}/{_epochs}  loss {epoch.Loss.Total:0.0000} = softmax {epoch.Loss.Softmax:0.0000}{center}  "
            + $"training {Percent(epoch.TrainingAccuracy)}  validation {Percent(epoch.ValidationAccuracy)}{(epoch.Best ? " *" : "")}  "
            + $"{epoch.ClipsPerSecond:N0} clips/s  {Left(_epochs - epoch.Epoch, _seconds / _done)} left");
    }

    public override void Dispose() => output.Flush();
}
