namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>Why a client is closed: the <c>code</c> of the error that it is sent, and the <c>error.type</c> of the metrics.</summary>
internal static class CloseCode
{
    public const string BadEvent = "bad-event", TooLarge = "too-large", BadSound = "bad-sound", UnknownWord = "unknown-word", Timeout = "timeout",
        Lost = "lost", TooManyClients = "too-many-clients", Stopping = "stopping", Internal = "internal";
}
