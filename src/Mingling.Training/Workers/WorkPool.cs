using System.Runtime.ExceptionServices;

namespace Mingling.Training.Workers;

/// <summary>
/// The threads of a training: the one that owns the pool, which is worker 0, and others beside it. Together they do what <see cref="Run"/> is given, piece by
/// piece; while there is none of it they do <see cref="Background"/>, so that no core waits for another.
/// </summary>
internal sealed class WorkPool : IDisposable
{
    private readonly object _gate = new();
    private readonly Thread[] _others;
    private readonly Action _begin;
    private volatile Pieces? _pieces;
    private volatile IBackgroundWork? _background;
    private long _changes;
    private volatile bool _stopped;

    /// <param name="threads">The number of threads with the owner's, at least 1.</param>
    /// <param name="begin">What each other thread does first; null for nothing.</param>
    public WorkPool(int threads, Action? begin = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _begin = begin ?? (() => { });
        _others = [.. Enumerable.Range(1, threads - 1).Select(worker => new Thread(() => Work(worker)) { IsBackground = true, Name = $"training {worker}" })];
        foreach (var thread in _others) thread.Start();
    }

    /// <summary>The number of threads.</summary>
    public int Threads => _others.Length + 1;

    /// <summary>What is done where nothing else is to do; null for nothing.</summary>
    public IBackgroundWork? Background
    {
        get => _background;
        set
        {
            _background = value;
            Wake();
        }
    }

    /// <summary>Tells the threads that there is something to do in the background.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _changes++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Does pieces of work, and comes back when all are done. For the owner of the pool alone.</summary>
    /// <param name="count">The number of pieces.</param>
    /// <param name="work">Does a piece: takes the number of the thread, and that of the piece. The threads take pieces as they are free.</param>
    /// <exception cref="Exception">What a piece threw; of several, that of the first piece.</exception>
    public void Run(int count, Action<int, int> work)
    {
        if (_others.Length == 0 || count <= 1)
        {
            for (int i = 0; i < count; i++) work(0, i);
            return;
        }
        var pieces = new Pieces(count, work);
        _pieces = pieces;
        Wake();
        while (pieces.TryRun(0))
        {
            // The owner works too.
        }
        while (!pieces.AreDone)
            if (_background?.TryRun(0) != true) pieces.Wait();
        _pieces = null;
        pieces.Rethrow();
    }

    /// <summary>Ends the threads, each after its present piece.</summary>
    public void Dispose()
    {
        _stopped = true;
        Wake();
        foreach (var thread in _others) thread.Join();
    }

    private void Work(int worker)
    {
        _begin();
        while (!_stopped)
        {
            long changes = Volatile.Read(ref _changes);
            if (_pieces?.TryRun(worker) == true || _background?.TryRun(worker) == true) continue;
            lock (_gate)
            {
                // What has come up since the look above is looked at before this thread waits.
                while (!_stopped && _changes == changes) Monitor.Wait(_gate);
            }
        }
    }

    private sealed class Pieces(int count, Action<int, int> work)
    {
        private readonly Exception?[] _failures = new Exception?[count];
        private int _taken = -1, _done;

        public bool AreDone => Volatile.Read(ref _done) == count;

        public bool TryRun(int worker)
        {
            if (Volatile.Read(ref _taken) >= count - 1) return false;
            int piece = Interlocked.Increment(ref _taken);
            if (piece >= count) return false;
            try
            {
                work(worker, piece);
            }
            catch (Exception e)
            {
                _failures[piece] = e;
            }
            if (Interlocked.Increment(ref _done) == count)
                lock (_failures) Monitor.PulseAll(_failures);
            return true;
        }

        public void Wait()
        {
            lock (_failures)
                while (!AreDone) Monitor.Wait(_failures);
        }

        public void Rethrow()
        {
            if (Array.Find(_failures, failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
        }
    }
}
