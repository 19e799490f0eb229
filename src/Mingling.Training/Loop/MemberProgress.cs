using Mingling.Training.Recipes;
using Mingling.Training.Runs;

namespace Mingling.Training.Loop;

/// <summary>
/// Shows the trainings of all members of a run as one: epochs are counted through, and the whole begins once. The trainings come in their order.
/// </summary>
/// <param name="observer">Hears of it.</param>
/// <param name="recipe">The recipe of the run.</param>
internal sealed class MemberProgress(ITrainingObserver observer, TrainingRecipe recipe)
{
    private readonly List<EpochReport> _history = [];
    private int _members;
    private bool _hasStarted;

    /// <summary>The epochs of all members so far.</summary>
    public IReadOnlyList<EpochReport> History => _history;

    /// <summary>
    /// Whether a member needs nothing any more. The last one is always trained, be it for no epoch, so that of a finished run is said that it is.
    /// </summary>
    public bool SkipsFinished(RunDirectory member)
    {
        if (_members == recipe.Members - 1 || !member.IsFinished) return false;
        Add(member.OwnHistory());
        return true;
    }

    /// <summary>A member is trained.</summary>
    public void Add(IReadOnlyList<EpochReport> epochs)
    {
        _history.AddRange(epochs.Select(CountedThrough));
        _members++;
    }

    /// <summary>The training of a member begins.</summary>
    public void Started(TrainingStart start)
    {
        if (_hasStarted) return;
        _hasStarted = true;
        observer.Started(start with { Parameters = start.Parameters * recipe.Members, FirstEpoch = Before + start.FirstEpoch, Epochs = recipe.TotalEpochs });
    }

    /// <summary>A step of a member is done.</summary>
    public void StepDone(StepReport step) => observer.StepDone(step with { Epoch = Before + step.Epoch });

    /// <summary>An epoch of a member is done.</summary>
    public void EpochDone(EpochReport epoch) => observer.EpochDone(CountedThrough(epoch));

    private int Before => recipe.EpochsBefore(_members);

    private EpochReport CountedThrough(EpochReport epoch) => epoch with { Epoch = Before + epoch.Epoch };
}
