using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Mingling.Training.Data;

/// <summary>Computes the features of one clip of one epoch into [bins, frames], and tells when its word is said.</summary>
internal delegate SaidWhen ClipPreparation(int epoch, int clip, Span<float> features);

/// <summary>
/// Prepares batches ahead on threads of its own, so that the encoder never waits. Batch i is made by thread i mod N and taken in
/// order; as each clip's content depends on its epoch and index alone, the number of threads does not change the result.
/// </summary>
internal sealed class BatchPrefetcher : IDisposable
{
    private const int Ahead = 2;

    private readonly BlockingCollection<Batch>[] _ready;
    private readonly ConcurrentBag<Batch> _free = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread[] _threads;
    private readonly EpochPlans _plans;
    private readonly IReadOnlyList<int> _labels;
    private readonly int _lastEpoch, _capacity;
    private readonly HeardWindow _heard;
    private readonly long _unknown;
    private Exception? _failure;
    private long _taken;

    /// <param name="preparations">One for each thread.</param>
    /// <param name="plans">The plans of the epochs.</param>
    /// <param name="labels">Class of each clip.</param>
    /// <param name="epochs">First epoch and the one after the last.</param>
    /// <param name="batchSize">The largest batch.</param>
    /// <param name="heard">What is heard of a clip.</param>
    /// <param name="unknown">The class <c>_unknown_</c>; −1 without one.</param>
    public BatchPrefetcher(IReadOnlyList<ClipPreparation> preparations, EpochPlans plans, IReadOnlyList<int> labels,
        (int First, int End) epochs, int batchSize, HeardWindow heard, long unknown)
    {
        (_plans, _labels, _lastEpoch, _capacity, _heard, _unknown) = (plans, labels, epochs.End, batchSize, heard, unknown);
        _ready = [.. preparations.Select(_ => new BlockingCollection<Batch>(Ahead))];
        _threads = [.. preparations.Select((prepare, i) => new Thread(() => Run(i, epochs.First, prepare)) { IsBackground = true })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>The next batch, in order; give it back with <see cref="Return"/>.</summary>
    public Batch Take()
    {
        try
        {
            return _ready[_taken++ % _ready.Length].Take(_stop.Token);
        }
        catch (Exception e) when (_failure is not null && e is OperationCanceledException or InvalidOperationException)
        {
            // What the user can mend is said in its own words.
            if (_failure is TrainingFailedException) ExceptionDispatchInfo.Throw(_failure);
            throw new InvalidOperationException("a batch could not be prepared", _failure);
        }
    }

    /// <summary>Gives a batch's memory back.</summary>
    public void Return(Batch batch) => _free.Add(batch);

    private void Run(int index, int firstEpoch, ClipPreparation prepare)
    {
        try
        {
            long number = 0;
            for (int epoch = firstEpoch; epoch < _lastEpoch; epoch++)
            {
                var plan = _plans.Of(epoch, _stop.Token);
                for (int b = 0; b < plan.Batches; b++, number++)
                    if (number % _threads.Length == index) _ready[index].Add(Make(epoch, plan.Batch(b), prepare), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest.
        }
        catch (Exception e)
        {
            _failure = e;
            _stop.Cancel();
        }
    }

    private Batch Make(int epoch, ReadOnlySpan<int> clips, ClipPreparation prepare)
    {
        if (!_free.TryTake(out var batch)) batch = new Batch(_capacity, _heard);
        batch.Count = clips.Length;
        for (int i = 0; i < clips.Length; i++)
        {
            var said = prepare(epoch, clips[i], batch.FeaturesOf(i));
            batch.Clips[i] = clips[i];
            _heard.Label(said, _labels[clips[i]], _unknown, batch.LabelsOf(i));
        }
        return batch;
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var thread in _threads) thread.Join();
        foreach (var queue in _ready) queue.Dispose();
        _stop.Dispose();
    }
}
