using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>Computes a graph, and ends a computation that takes too long. For one thread at a time. A computation allocates nothing.</summary>
internal sealed class LimitedRun : IDisposable
{
    // A timer that is set anew for every computation costs as much as a small model; one that was set a while ago looks again when it goes off.
    private const int Freshness = 8;

    private readonly ModelGraph _graph;
    private readonly RunOptions _options = new();
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private TimeSpan _longest;
    private long _begun, _set;
    private bool _isUnderWay, _isStopped;

    public LimitedRun(ModelGraph graph)
    {
        _graph = graph;
        _timer = new Timer(_ => Look());
    }

    /// <exception cref="ModelException">The graph cannot be computed, or not within the time.</exception>
    public void Run(OrtIoBinding binding, TimeSpan longest)
    {
        lock (_lock)
        {
            bool isFresh = _set != 0 && longest == _longest && Stopwatch.GetElapsedTime(_set) < longest / Freshness;
            (_longest, _begun, _isUnderWay, _isStopped) = (longest, Stopwatch.GetTimestamp(), true, false);
            if (!isFresh) Set(longest);
        }
        try
        {
            _graph.Session.RunWithBinding(_options, binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw _isStopped ? _graph.TookTooLong(longest, e) : _graph.Broken(e);
        }
        finally
        {
            lock (_lock)
            {
                _isUnderWay = false;
                if (_isStopped) _options.Terminate = false;
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        // A timer that went off just now may still look.
        lock (_lock)
        {
            _isUnderWay = false;
            _options.Dispose();
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            _set = 0;
            if (!_isUnderWay) return;
            var left = _longest - Stopwatch.GetElapsedTime(_begun);
            if (left > TimeSpan.Zero)
            {
                Set(left);
                return;
            }
            _isStopped = true;
            _options.Terminate = true;
        }
    }

    private void Set(TimeSpan time)
    {
        _set = Stopwatch.GetTimestamp();
        // Not before the time is over, and not at once.
        _timer.Change(time + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
