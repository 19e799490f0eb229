namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>The events that the server reads; all others are passed over, so that newer clients may send what they like.</summary>
internal enum EventKind
{
    Other,
    Describe,
    Detect,
    AudioStart,
    AudioChunk,
    AudioStop,
    Ping,
}
