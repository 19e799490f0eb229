namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>A client is closed. The message is one sentence for whoever writes the client.</summary>
/// <param name="code">One of <see cref="CloseCode"/>.</param>
/// <param name="message">The sentence.</param>
/// <param name="canBeTold">Whether the client may still take an answer; not one that has taken half of another.</param>
internal sealed class ClientException(string code, string message, bool canBeTold = true) : Exception(message)
{
    /// <summary>Whether the client may still take an answer.</summary>
    public bool CanBeTold { get; } = canBeTold;

    /// <summary>One of <see cref="CloseCode"/>.</summary>
    public string Code { get; } = code;
}
