using System.Text;
using Mingling.Serving.Tests.Support;
using Mingling.Serving.Wyoming;
using Mingling.Serving.Wyoming.Protocol;

namespace Mingling.Serving.Tests.Wyoming;

public class EventReaderTests
{
    private static readonly ReaderLimits Limits = (new WyomingOptions() with { LongestHeader = 300, LongestData = 400, LongestPayload = 5000 }).ToLimits();

    /// <summary>All that clients send: data within the header and after it, or both; unknown events; sound that looks like a header.</summary>
    private static byte[] Valid { get; } =
    [
        .. Text("{\"type\":\"describe\"}\n"),
        .. Text("{\"data\":{\"rate\":8000,\"width\":2,\"channels\":1,\"timestamp\":null},\"type\":\"audio-start\",\"data_length\":15}\n{\"rate\":16000 }"),
        .. Text("{\"type\":\"future\",\"data_length\":7,\"payload_length\":9,\"more\":{\"a\":[1,{}]}}\n{\"a\":1}123456\n89"),
        .. Text("{\"type\":\"audio-chunk\",\"version\":\"1.5.4\",\"data_length\":54,\"payload_length\":20}\r\n{\"rate\":16000,\"width\":2,\"channels\":1,\"timestamp\":12.5}"),
        .. Text("{\"type\":\"describe\"}\n"),
        .. Text("{\"type\":\"detect\",\"data\":{\"names\":[\"命令\",\"a\\\"b\"]}}\n"),
        .. Text("{\"type\":\"audio-stop\",\"data\":null,\"data_length\":null,\"payload_length\":0}\n"),
        .. Text("{\"type\":\"ping\",\"data\":{\"text\":\"x\"}}\n"),
    ];

    private static readonly string[] ValidEvents =
    [
        "Describe    ", "AudioStart 16000 2 1  ", "Other    ", "AudioChunk 16000 2 1 12.5 {\"type\":\"describe\"}\n", "Detect     命令|a\"b", "AudioStop    ", "Ping     x",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2, 3, 5, 7, 11, 13)]
    [InlineData(1000)]
    public async Task Events_are_read_however_they_are_cut(params int[] pieces)
    {
        var (events, fault) = await ReadAllAsync(Valid, pieces);
        fault.ShouldBeNull();
        events.Select(text => text.TrimEnd(' ')).ShouldBe(ValidEvents.Select(text => text.TrimEnd(' ')));
    }

    [Theory]
    [InlineData("\n", CloseCode.BadEvent)]
    [InlineData("GET / HTTP/1.1\r\n", CloseCode.BadEvent)]
    [InlineData("[1]\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\"\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\"} {}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":7}\n", CloseCode.BadEvent)]
    [InlineData("{\"data\":{}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data\":[]}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data\":{\"text\":5}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"audio-start\",\"data\":{\"rate\":\"16000\"}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"audio-start\",\"data\":{\"rate\":16000.5}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"audio-start\",\"data\":{\"rate\":1e300}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"audio-chunk\",\"data\":{\"timestamp\":1e300}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"detect\",\"data\":{\"names\":\"go\"}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"detect\",\"data\":{\"names\":[1]}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"detect\",\"data\":{\"names\":[\"\\ud800\"]}}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data_length\":-1}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data_length\":1.5}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"payload_length\":\"9\"}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"payload_length\":99999999999999999999}\n", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data_length\":3}\n{]}", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data_length\":1}\n{}", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data_length\":4}\n{} {", CloseCode.BadEvent)]
    [InlineData("{\"type\":\"ping\",\"data_length\":401}\n", CloseCode.TooLarge)]
    [InlineData("{\"type\":\"ping\",\"payload_length\":5001}\n", CloseCode.TooLarge)]
    [InlineData("{\"type\":\"other\",\"data_length\":5001}\n", CloseCode.TooLarge)]
    [InlineData("{\"type\":\"ping\",\"payload_length\":9}\n12345678", CloseCode.Lost)]
    [InlineData("{\"type\":\"ping\",\"data_length\":9}\n{", CloseCode.Lost)]
    [InlineData("{\"type\":\"pi", CloseCode.Lost)]
    public async Task Nonsense_is_refused_with_a_reason(string sent, string code)
    {
        var (_, fault) = await ReadAllAsync(Text(sent), [1000]);
        fault.ShouldNotBeNull().Code.ShouldBe(code);
        fault.Message.ShouldEndWith(".");
        fault.Message.ShouldNotContain("LineNumber");
        (await ReadAllAsync(Text(sent), [1])).Fault!.Message.ShouldBe(fault.Message);
    }

    [Fact]
    public async Task Endless_line_is_refused_at_the_limit_and_a_line_of_the_limit_is_read()
    {
        string start = "{\"type\":\"ping\",\"x\":\"", end = "\"}";
        string longest = start + new string('a', 300 - start.Length - end.Length) + end;
        (await ReadAllAsync(Text(longest + "\n"), [7])).Events.ShouldHaveSingleItem();
        (await ReadAllAsync(Text(longest + " \n"), [7])).Fault!.Code.ShouldBe(CloseCode.TooLarge);
        (await ReadAllAsync(new byte[1 << 20], [1000])).Fault!.Code.ShouldBe(CloseCode.TooLarge);
        (await ReadAllAsync(Text(new string('{', 299) + "\n"), [1000])).Fault!.Code.ShouldBe(CloseCode.BadEvent);
    }

    [Fact]
    public async Task Whatever_is_sent_is_read_or_refused_and_ends()
    {
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = [.. Valid];
            for (int change = random.Next(1, 6); change > 0; change--) bytes = Changed(bytes, random);
            // Only exceptions of the protocol may come.
            var (_, fault) = await ReadAllAsync(bytes, [random.Next(1, 400)]);
            if (fault is not null) refused++;
        }
        refused.ShouldBeInRange(1500, 2999);
        byte[] noise = new byte[3000];
        for (int round = 0; round < 500; round++)
        {
            random.NextBytes(noise);
            (await ReadAllAsync(noise, [random.Next(1, 400)])).Fault.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Sound_passes_in_whole_frames_and_nothing_grows_with_it()
    {
        const int frame = 12, frames = 200_000;
        byte[] sound = new byte[frame * frames];
        new Random(1).NextBytes(sound);
        byte[] sent = [.. Text($"{{\"type\":\"audio-chunk\",\"payload_length\":{sound.Length}}}\n"), .. sound, .. Text("{\"type\":\"ping\"}\n")];
        using var reader = new EventReader(new PiecedStream(sent, 1, 4096, 10_000, 17), new WyomingOptions().ToLimits(), CancellationToken.None);
        (await reader.ReadAsync()).ShouldBeTrue();
        var passed = new MemoryStream();
        while (await reader.ReadPayloadAsync(frame) is { IsEmpty: false } piece)
        {
            (piece.Length % frame).ShouldBe(0);
            piece.Length.ShouldBeLessThanOrEqualTo(8 << 10);
            passed.Write(piece.Span);
        }
        passed.ToArray().AsSpan().SequenceEqual(sound).ShouldBeTrue();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.Kind.ShouldBe(EventKind.Ping);
        (await reader.ReadAsync()).ShouldBeFalse();
    }

    private static byte[] Changed(byte[] bytes, Random random)
    {
        if (bytes.Length < 2) return bytes;
        int at = random.Next(bytes.Length), length = Math.Min(random.Next(1, 40), bytes.Length - at);
        return random.Next(5) switch
        {
            0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            3 => [.. bytes[..at], (byte)"{}[]\",:0123456789-eE.\n\\"[random.Next(23)], .. bytes[at..]],
            _ => bytes[..Math.Max(1, at)],
        };
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>All events as texts, and what ended them.</summary>
    private static async Task<(List<string> Events, ClientException? Fault)> ReadAllAsync(byte[] bytes, int[] pieces)
    {
        using var reader = new EventReader(new PiecedStream(bytes, pieces), Limits, CancellationToken.None);
        List<string> events = [];
        try
        {
            while (await reader.ReadAsync())
            {
                var data = reader.Data;
                string names = data.Names is null ? "" : string.Join('|', data.Names), payload = "";
                if (reader.Kind == EventKind.AudioChunk && reader.PayloadLength % 2 == 0)
                    while (await reader.ReadPayloadAsync(2) is { IsEmpty: false } piece) payload += Encoding.Latin1.GetString(piece.Span);
                events.Add(FormattableString.Invariant($"{reader.Kind} {data.Rate} {data.Width} {data.Channels} {data.Timestamp} {data.Text}{names}{payload}"));
            }
            return (events, null);
        }
        catch (ClientException e)
        {
            return (events, e);
        }
    }
}
