namespace Mingling.Serving.Wyoming.Protocol;

/// <summary>What a client may send; see <see cref="EventReader"/>.</summary>
/// <param name="LongestHeader">Bytes of a header line.</param>
/// <param name="LongestData">Bytes of data after a header.</param>
/// <param name="LongestPayload">Bytes of a payload, and of data that nobody reads.</param>
/// <param name="EventTimeout">How long an event may take from its first byte on.</param>
/// <param name="IdleTimeout">How long nothing may come between two events.</param>
internal sealed record ReaderLimits(int LongestHeader, int LongestData, int LongestPayload, TimeSpan EventTimeout, TimeSpan IdleTimeout);
