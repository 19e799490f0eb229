namespace Mingling.Training.Data;

/// <summary>
/// Hands out the plans of epochs to what prepares batches ahead. Where plans depend on what the model has learned, an epoch has none until the trainer has
/// got there.
/// </summary>
internal sealed class EpochPlans(Func<int, EpochPlan> plan)
{
    private volatile int _ready;

    /// <summary>From now on the epochs below this one can be planned.</summary>
    public void AllowBelow(int epoch) => _ready = epoch;

    /// <summary>The plan of an epoch; null as long as it cannot be made.</summary>
    public EpochPlan? Of(int epoch) => epoch < _ready ? plan(epoch) : null;
}
