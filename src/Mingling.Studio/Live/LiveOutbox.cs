using System.Net.WebSockets;
using System.Text;

namespace Mingling.Studio.Live;

/// <summary>
/// What is to be sent to a page. Pictures are worth nothing when the next is there: a page that reads slowly loses the old ones, never a word
/// and never sound. One that takes nothing for long is let go.
/// </summary>
internal sealed class LiveOutbox : IDisposable
{
    private const int MostPictures = 32, MostWords = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Queue<string> _pictures = new(), _words = new();
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Lock _lock = new();
    private bool _isDone;

    public void AddPicture(string message)
    {
        lock (_lock)
        {
            if (_isDone) return;
            if (_pictures.Count == MostPictures) _pictures.Dequeue();
            _pictures.Enqueue(message);
        }
        _ready.Release();
    }

    /// <summary>False where the page has taken nothing for so long that it is let go.</summary>
    public bool AddWord(string message)
    {
        lock (_lock)
        {
            if (_isDone || _words.Count >= MostWords) return false;
            _words.Enqueue(message);
        }
        _ready.Release();
        return true;
    }

    /// <summary>No more will come.</summary>
    public void Complete()
    {
        lock (_lock) _isDone = true;
        _ready.Release();
    }

    /// <summary>Sends until all is sent, or the page takes nothing for too long.</summary>
    public async Task SendAllAsync(WebSocket socket, CancellationToken stop)
    {
        while (true)
        {
            await _ready.WaitAsync(stop).ConfigureAwait(false);
            while (Next() is { } message)
            {
                using var clock = CancellationTokenSource.CreateLinkedTokenSource(stop);
                clock.CancelAfter(Patience);
                await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, clock.Token).ConfigureAwait(false);
            }
            lock (_lock)
            {
                if (_isDone && _words.Count == 0 && _pictures.Count == 0) return;
            }
        }
    }

    public void Dispose() => _ready.Dispose();

    private string? Next()
    {
        lock (_lock) return _words.TryDequeue(out string? word) ? word : _pictures.TryDequeue(out string? picture) ? picture : null;
    }
}
