using Mingling.Training.Loop;
using Mingling.Training.Runs;

namespace Mingling.Experiments.Comparison;

/// <summary>Remembers the warnings of a training and lets the rest pass.</summary>
internal sealed class WarningList : ITrainingObserver
{
    private readonly List<string> _heard = [];

    public IReadOnlyList<string> Heard => _heard;

    public void Started(TrainingStart start)
    {
    }

    public void StepDone(StepReport step)
    {
    }

    public void EpochDone(EpochReport epoch)
    {
    }

    public void Warned(string warning) => _heard.Add(warning);
}
