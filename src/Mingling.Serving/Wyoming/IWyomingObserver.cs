using Mingling.Recognition.Streaming;

namespace Mingling.Serving.Wyoming;

/// <summary>Is told what clients do, for a log. Called by several threads at once; calls must not throw and must not take long.</summary>
public interface IWyomingObserver
{
    /// <summary>A client connected.</summary>
    /// <param name="client">The client.</param>
    void Connected(WyomingClient client);

    /// <summary>A command was detected and is about to be sent.</summary>
    /// <param name="client">The client.</param>
    /// <param name="heard">The command.</param>
    void Detected(WyomingClient client, CommandEvent heard);

    /// <summary>A client is gone.</summary>
    /// <param name="client">The client.</param>
    /// <param name="reason">Why the server closed it, as one sentence; null where the client left.</param>
    void Closed(WyomingClient client, string? reason);
}
