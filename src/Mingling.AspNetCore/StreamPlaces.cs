using Microsoft.Extensions.Options;

namespace Mingling.AspNetCore;

/// <summary>The places of streams by WebSocket, so that there are not too many at once.</summary>
internal sealed class StreamPlaces(IOptions<MinglingOptions> options)
{
    private int _taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= options.Value.MostStreams) return true;
        GiveBack();
        return false;
    }

    public void GiveBack() => Interlocked.Decrement(ref _taken);
}
