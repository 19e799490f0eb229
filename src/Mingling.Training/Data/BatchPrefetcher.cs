using System.Runtime.ExceptionServices;
using Mingling.Training.Workers;

namespace Mingling.Training.Data;

/// <summary>Computes the features of one clip of one epoch into [bins, frames], and tells when its word is said.</summary>
internal delegate SaidWhen ClipPreparation(int epoch, int clip, Span<float> features);

/// <summary>
/// Prepares batches ahead, clip by clip, on the threads of the training while they have nothing else to do. Batches are taken in order; as each clip's
/// content depends on its epoch and index alone, the number of threads does not change the result.
/// </summary>
internal sealed class BatchPrefetcher : IBackgroundWork
{
    /// <summary>The batches that are ready or being prepared.</summary>
    private const int Ahead = 3;

    private readonly object _gate = new();
    private readonly ClipPreparation[] _preparations;
    private readonly WorkPool _pool;
    private readonly EpochPlans _plans;
    private readonly IReadOnlyList<int> _labels;
    private readonly int _lastEpoch, _capacity;
    private readonly HeardWindow _heard;
    private readonly long _unknown;
    private readonly Func<int, IReadOnlyList<int>> _rows;
    private readonly Queue<Pending> _pending = [];
    private readonly Stack<Batch> _free = [];
    private EpochPlan? _plan;
    private int _epoch, _next;
    private Exception? _failure;

    /// <param name="pool">The threads.</param>
    /// <param name="preparation">Makes what prepares clips, one for each thread.</param>
    /// <param name="plans">The plans of the epochs.</param>
    /// <param name="labels">Class of each clip.</param>
    /// <param name="epochs">First epoch and the one after the last.</param>
    /// <param name="batchSize">The largest batch.</param>
    /// <param name="heard">What is heard of a clip.</param>
    /// <param name="unknown">The class <c>_unknown_</c>; −1 without one.</param>
    /// <param name="rows">Which rows of a batch of so many clips are prepared here; the others have no features.</param>
    public BatchPrefetcher(WorkPool pool, Func<ClipPreparation> preparation, EpochPlans plans, IReadOnlyList<int> labels,
        (int First, int End) epochs, int batchSize, HeardWindow heard, long unknown, Func<int, IReadOnlyList<int>> rows)
    {
        (_pool, _plans, _labels, _lastEpoch, _capacity, _heard, _unknown, _rows) = (pool, plans, labels, epochs.End, batchSize, heard, unknown, rows);
        _preparations = [.. Enumerable.Range(0, pool.Threads).Select(_ => preparation())];
        _epoch = epochs.First;
    }

    /// <summary>The next batch, in order; give it back with <see cref="Return"/>. For the owner of the pool, which helps to prepare it.</summary>
    public Batch Take()
    {
        while (true)
        {
            lock (_gate)
            {
                // What the user can mend is said in its own words.
                if (_failure is TrainingFailedException) ExceptionDispatchInfo.Throw(_failure);
                if (_failure is not null) throw new InvalidOperationException("a batch could not be prepared", _failure);
                if (_pending.TryPeek(out var first) && first.IsDone) return _pending.Dequeue().Batch;
            }
            if (TryRun(0)) continue;
            lock (_gate)
                while (_failure is null && _pending.TryPeek(out var first) && !first.IsDone) Monitor.Wait(_gate);
        }
    }

    /// <summary>Gives a batch's memory back.</summary>
    public void Return(Batch batch)
    {
        lock (_gate) _free.Push(batch);
        _pool.Wake();
    }

    /// <inheritdoc/>
    public bool TryRun(int worker)
    {
        Pending pending;
        int row;
        lock (_gate)
        {
            if (_failure is not null) return false;
            try
            {
                if (Unfinished() is not { } found) return false;
                pending = found;
            }
            catch (Exception e)
            {
                Fail(e);
                return false;
            }
            row = pending.TakeRow();
        }
        try
        {
            Prepare(pending, row, _preparations[worker]);
        }
        catch (Exception e)
        {
            lock (_gate) Fail(e);
            return false;
        }
        lock (_gate)
            if (pending.RowDone()) Monitor.PulseAll(_gate);
        return true;
    }

    /// <summary>A batch of which a row is still to be prepared; null where there is none, and none can be begun.</summary>
    private Pending? Unfinished()
    {
        foreach (var pending in _pending)
            if (pending.HasRows) return pending;
        while (_pending.Count < Ahead)
        {
            if (_epoch >= _lastEpoch) return null;
            _plan ??= _plans.Of(_epoch);
            if (_plan is null) return null;
            int[] clips = _plan.Batch(_next++).ToArray();
            var pending = new Pending(_epoch, clips, _rows(clips.Length), _free.TryPop(out var used) ? used : new Batch(_capacity, _heard));
            if (_next == _plan.Batches) (_plan, _epoch, _next) = (null, _epoch + 1, 0);
            Begin(pending);
            _pending.Enqueue(pending);
            if (pending.HasRows) return pending;
        }
        return null;
    }

    private void Begin(Pending pending)
    {
        var batch = pending.Batch;
        batch.Count = pending.Clips.Length;
        for (int row = 0; row < batch.Count; row++)
        {
            batch.Clips[row] = pending.Clips[row];
            _heard.Label(SaidWhen.AtEnd, _labels[pending.Clips[row]], _unknown, batch.LabelsOf(row));
        }
    }

    private void Prepare(Pending pending, int row, ClipPreparation prepare)
    {
        int clip = pending.Clips[row];
        var said = prepare(pending.Epoch, clip, pending.Batch.FeaturesOf(row));
        _heard.Label(said, _labels[clip], _unknown, pending.Batch.LabelsOf(row));
    }

    private void Fail(Exception failure)
    {
        _failure ??= failure;
        Monitor.PulseAll(_gate);
    }

    private sealed class Pending(int epoch, int[] clips, IReadOnlyList<int> rows, Batch batch)
    {
        private int _taken, _done;

        public int Epoch => epoch;

        public int[] Clips => clips;

        public Batch Batch => batch;

        public bool HasRows => _taken < rows.Count;

        public bool IsDone => _done == rows.Count;

        public int TakeRow() => rows[_taken++];

        public bool RowDone() => ++_done == rows.Count;
    }
}
