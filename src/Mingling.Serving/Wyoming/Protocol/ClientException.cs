namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>A client is closed. The message is one sentence for whoever writes the client.</summary>
internal sealed class ClientException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="CloseCode"/>.</summary>
    public string Code { get; } = code;
}
