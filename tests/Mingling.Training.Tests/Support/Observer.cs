using Mingling.Training.Loop;
using Mingling.Training.Runs;

namespace Mingling.Training.Tests.Support;

/// <summary>Stops a training after some steps, and keeps what it says.</summary>
internal sealed class Observer : ITrainingObserver
{
    private int _steps;

    public CancellationTokenSource? Stop { get; init; }

    public int StopAfterSteps { get; init; }

    public Action<EpochReport>? OnEpoch { get; init; }

    public Action<string>? OnNote { get; init; }

    public Action<TrainingStart>? OnStarted { get; init; }

    public List<string> Warnings { get; } = [];

    public void Noted(string sentence) => OnNote?.Invoke(sentence);

    public void Started(TrainingStart start) => OnStarted?.Invoke(start);

    public void StepDone(StepReport step)
    {
        if (++_steps == StopAfterSteps) Stop?.Cancel();
    }

    public void Warned(string sentence) => Warnings.Add(sentence);

    public void EpochDone(EpochReport epoch) => OnEpoch?.Invoke(epoch);
}
