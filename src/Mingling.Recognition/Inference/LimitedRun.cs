using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Mingling.Recognition.Models;

namespace Mingling.Recognition.Inference;

/// <summary>Computes a graph, and ends a computation that takes too long. For one thread at a time. A computation allocates nothing.</summary>
internal sealed class LimitedRun : IDisposable
{
    private readonly ModelGraph _graph;
    private readonly RunOptions _options = new();
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private TimeSpan _longest;
    private long _begun;
    private bool _isUnderWay, _isStopped;

    public LimitedRun(ModelGraph graph)
    {
        _graph = graph;
        _timer = new Timer(_ => Stop());
    }

    /// <exception cref="ModelException">The graph cannot be computed, or not within the time.</exception>
    public void Run(OrtIoBinding binding, TimeSpan longest)
    {
        lock (_lock) (_longest, _begun, _isUnderWay, _isStopped) = (longest, Stopwatch.GetTimestamp(), true, false);
        _timer.Change(longest, Timeout.InfiniteTimeSpan);
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
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
        lock (_lock) _isUnderWay = false;
        _options.Dispose();
    }

    private void Stop()
    {
        lock (_lock)
        {
            // A timer may go off after its computation has ended and the next one has begun, which has a timer of its own.
            if (!_isUnderWay || Stopwatch.GetElapsedTime(_begun) < _longest - TimeSpan.FromMilliseconds(20)) return;
            _isStopped = true;
            _options.Terminate = true;
        }
    }
}
