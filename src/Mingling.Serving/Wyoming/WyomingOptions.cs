using System.Net;
using Mingling.Serving.Wyoming.Protocol;

namespace Mingling.Serving.Wyoming;

/// <summary>Where a Wyoming server listens, what it says of itself, and what it allows a client. Everything that a client can make it keep is bounded.</summary>
public sealed record WyomingOptions
{
    /// <summary>The usual port of wake words in Home Assistant: 10400.</summary>
    public const int DefaultPort = 10400;

    /// <summary>
    /// The address to listen at. The protocol knows no passwords: everyone who reaches the address may connect. Default: this machine alone
    /// (127.0.0.1); <see cref="IPAddress.Any"/> and <see cref="IPAddress.IPv6Any"/> are all addresses.
    /// </summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port. Range: 0 (any free one) to 65535. Default: 10400.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The name of the service. Not empty. Default: <c>mingling</c>.</summary>
    public string Name { get; init; } = "mingling";

    /// <summary>The languages of the words (such as <c>ar</c> or <c>en</c>), as Home Assistant shows them; model files do not state them. Default: none.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The most clients at once; more are told so and closed. Range: 1 to 100,000. Default: 128.</summary>
    public int MostClients { get; init; } = 128;

    /// <summary>The longest header line of an event in bytes. Range: 256 to 16 MiB. Default: 64 KiB.</summary>
    public int LongestHeader { get; init; } = 64 << 10;

    /// <summary>The most bytes of JSON data after a header, for events that the server reads. Range: 256 to 16 MiB. Default: 64 KiB.</summary>
    public int LongestData { get; init; } = 64 << 10;

    /// <summary>
    /// The most bytes of sound in one event, and of what other events carry. It is worked off in small pieces and never kept. Range: 256 to
    /// 1 GiB. Default: 16 MiB.
    /// </summary>
    public int LongestPayload { get; init; } = 16 << 20;

    /// <summary>How long to wait for an event to arrive completely, once it has begun. Range: 0.01 s to 1 day. Default: 30 s.</summary>
    public TimeSpan EventTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a client may say nothing at all between two events. Range: 0.01 s to 1 day. Default: 10 minutes. One that vanished is found
    /// by its kernel's silence (TCP keep-alive) within two minutes.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for a client to take an answer. Range: 0.01 s to 1 day. Default: 10 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for clients to be closed when the server stops. Range: 0.01 s to 1 day. Default: 5 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong, each as a sentence; empty where nothing is.</summary>
    public IEnumerable<string> Problems()
    {
        if (Port is < 0 or > 65535) yield return $"the port is {Port}; it must be 0 to 65535.";
        if (string.IsNullOrWhiteSpace(Name)) yield return "the name of the service is empty; give it one.";
        if (Languages.Any(string.IsNullOrWhiteSpace)) yield return "a language is empty; write one such as 'en'.";
        if (MostClients is < 1 or > 100_000) yield return $"{nameof(MostClients)} is {MostClients}; it must be 1 to 100000.";
        if (LongestHeader is < 256 or > 16 << 20) yield return $"{nameof(LongestHeader)} is {LongestHeader}; it must be 256 bytes to 16 MiB.";
        if (LongestData is < 256 or > 16 << 20) yield return $"{nameof(LongestData)} is {LongestData}; it must be 256 bytes to 16 MiB.";
        if (LongestPayload is < 256 or > 1 << 30) yield return $"{nameof(LongestPayload)} is {LongestPayload}; it must be 256 bytes to 1 GiB.";
        (string, TimeSpan)[] times = [(nameof(EventTimeout), EventTimeout), (nameof(IdleTimeout), IdleTimeout), (nameof(WriteTimeout), WriteTimeout), (nameof(StopTimeout), StopTimeout)];
        foreach (var (name, time) in times)
            if (time < TimeSpan.FromSeconds(0.01) || time > TimeSpan.FromDays(1)) yield return $"{name} is {time}; it must be 0.01 s to 1 day.";
    }

    internal ReaderLimits ToLimits() => new(LongestHeader, LongestData, LongestPayload, EventTimeout, IdleTimeout);
}
