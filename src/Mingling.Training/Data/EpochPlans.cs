namespace Mingling.Training.Data;

/// <summary>
/// Hands the plans of epochs to the threads that prepare batches. Where plans depend on what the model has learned, a thread waits until
/// the trainer has got there.
/// </summary>
internal sealed class EpochPlans(Func<int, EpochPlan> plan)
{
    private readonly object _gate = new();
    private int _ready;

    /// <summary>From now on the epochs below this one can be planned.</summary>
    public void AllowBelow(int epoch)
    {
        lock (_gate)
        {
            _ready = epoch;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The plan of an epoch, as soon as it can be made.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public EpochPlan Of(int epoch, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(() => { lock (_gate) Monitor.PulseAll(_gate); });
        lock (_gate)
        {
            while (epoch >= _ready)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }
        }
        return plan(epoch);
    }
}
