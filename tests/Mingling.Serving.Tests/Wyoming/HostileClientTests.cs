using System.Text;
using Mingling.Serving.Tests.Support;
using Mingling.Serving.Wyoming;

namespace Mingling.Serving.Tests.Wyoming;

public class HostileClientTests
{
    public static TheoryData<string, string> Nonsense => new()
    {
        { "GET / HTTP/1.1\r\n\r\n", "bad-event" },
        { "{\"type\":\"audio-start\"}\n", "bad-sound" },
        { "{\"type\":\"audio-start\",\"data\":{\"rate\":999,\"width\":2,\"channels\":1}}\n", "bad-sound" },
        { "{\"type\":\"audio-start\",\"data\":{\"rate\":384001,\"width\":2,\"channels\":1}}\n", "bad-sound" },
        { "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":5,\"channels\":1}}\n", "bad-sound" },
        { "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":0,\"channels\":1}}\n", "bad-sound" },
        { "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":-1}}\n", "bad-sound" },
        { "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":2000000000}}\n", "bad-sound" },
        { "{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":2},\"payload_length\":6}\n123456", "bad-sound" },
        { Start + "{\"type\":\"audio-chunk\",\"data\":{\"rate\":44100,\"width\":2,\"channels\":1},\"payload_length\":2}\n12", "bad-sound" },
        { Start + "{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":99999999999}\n12", "too-large" },
        { "{\"type\":\"detect\",\"data\":{\"names\":[\"nobody\"]}}\n", "unknown-word" },
        { "{\"type\":\"" + new string('x', 100_000), "too-large" },
    };

    private const string Start = "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1}}\n";

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Client_that_sends_nonsense_is_told_why_and_closed_and_others_are_served_on(string sent, string code)
    {
        await using var server = new RunningServer();
        using var good = await server.ConnectAsync();
        byte[] sound = Tones.Pcm(Tones.Say("l"));
        await good.ChunkAsync(sound.AsMemory(0, 20_000));
        using (var bad = await server.ConnectAsync())
        {
            await bad.SendRawAsync(Encoding.UTF8.GetBytes(sent));
            var error = (await bad.ReadAsync())!;
            (error.Type, error.Text("code")).ShouldBe(("error", code));
            error.Text("text").ShouldNotBeNullOrEmpty();
            (await bad.ReadAsync()).ShouldBeNull();
        }
        await good.ChunkAsync(sound.AsMemory(20_000));
        await good.StopAsync();
        (await good.ReadAsync())!.Text("name").ShouldBe("low");
    }

    [Fact]
    public async Task Client_that_vanishes_leaves_nothing_behind()
    {
        await using var server = new RunningServer();
        for (int round = 0; round < 8; round++)
        {
            var client = await server.ConnectAsync();
            await client.SendRawAsync(Encoding.UTF8.GetBytes(Start));
            await client.SendRawAsync(Encoding.UTF8.GetBytes("{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":3200}\n1234"));
            if (round % 2 == 0) client.Reset();
            else client.Dispose();
        }
        await server.BecomesEmptyAsync(closed: 8);
        server.Reasons.Count.ShouldBe(8);
        server.Reasons.ShouldAllBe(reason => reason != null);
        using var next = await server.ConnectAsync();
        await next.SendAsync("ping");
        (await next.ReadAsync())!.Type.ShouldBe("pong");
    }

    [Fact]
    public async Task Client_that_lets_the_server_wait_is_closed()
    {
        await using var server = new RunningServer(new WyomingOptions { EventTimeout = TimeSpan.FromSeconds(0.3), IdleTimeout = TimeSpan.FromSeconds(0.6) });
        using var silent = await server.ConnectAsync();
        using var half = await server.ConnectAsync();
        using var drops = await server.ConnectAsync();
        var dripping = Task.Run(async () =>
        {
            // A byte now and then does not renew the time of an event.
            for (int i = 0; i < 100; i++)
            {
                await drops.SendRawAsync("a"u8.ToArray());
                await Task.Delay(50);
            }
        });
        await half.SendRawAsync("{\"type\":\"ping\",\"data_length\":100}\n{"u8.ToArray());
        (await half.ReadAsync())!.Text("text")!.ShouldContain("within 0.3 s");
        (await drops.ReadAsync())!.Text("code").ShouldBe("timeout");
        (await silent.ReadAsync())!.Text("text")!.ShouldContain("0.6 s");
        drops.Dispose();
        await Should.ThrowAsync<Exception>(dripping);
        await server.BecomesEmptyAsync(closed: 3);
    }

    [Fact]
    public async Task Client_that_reads_nothing_is_closed()
    {
        await using var server = new RunningServer(new WyomingOptions { WriteTimeout = TimeSpan.FromSeconds(0.3) });
        using var client = await server.ConnectAsync();
        byte[] questions = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"type\":\"describe\"}\n", 1000)));
        await Should.ThrowAsync<IOException>(async () =>
        {
            for (int i = 0; i < 10_000; i++) await client.SendRawAsync(questions);
        });
        await server.BecomesEmptyAsync(closed: 1);
        server.Reasons.ShouldHaveSingleItem()!.ShouldContain("not taken");
    }

    [Fact]
    public async Task Too_many_clients_are_told_so_and_have_room_when_others_leave()
    {
        await using var server = new RunningServer(new WyomingOptions { MostClients = 2 });
        using var first = await server.ConnectAsync();
        using var second = await server.ConnectAsync();
        await first.SendAsync("ping");
        await first.ReadAsync();
        await second.SendAsync("ping");
        await second.ReadAsync();
        using (var third = await server.ConnectAsync())
        {
            (await third.ReadAsync())!.Text("code").ShouldBe("too-many-clients");
            (await third.ReadAsync()).ShouldBeNull();
        }
        first.Dispose();
        second.Dispose();
        await server.BecomesEmptyAsync(closed: 2);
        using var next = await server.ConnectAsync();
        await next.SendAsync("ping");
        (await next.ReadAsync())!.Type.ShouldBe("pong");
    }

    [Fact]
    public async Task Clients_that_send_as_fast_as_they_can_leave_others_their_turn()
    {
        await using var server = new RunningServer();
        using var stop = new CancellationTokenSource();
        byte[] minute = Tones.Pcm(Tones.Say("lhlhlhlhlh"));
        byte[] beginnings = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Start, 20)));
        var floods = Enumerable.Range(0, 6).Select(async number =>
        {
            using var client = await server.ConnectAsync();
            using var end = stop.Token.Register(client.Reset);
            try
            {
                var reading = client.ReadUntilAsync("never");
                while (!reading.IsCompleted)
                {
                    if (number == 0) await client.SendRawAsync(beginnings);
                    else await client.ChunkAsync(minute);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The end of the test.
            }
        }).ToArray();
        using var good = await server.ConnectAsync();
        var slowest = TimeSpan.Zero;
        for (int i = 0; i < 20; i++)
        {
            var began = DateTime.UtcNow;
            await good.ChunkAsync(new byte[3200]);
            await good.SendAsync("ping");
            (await good.ReadAsync())!.Type.ShouldBe("pong");
            if (DateTime.UtcNow - began is var took && took > slowest) slowest = took;
        }
        // 0.1 s of sound each; without turns it waits for as long as the others send.
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await stop.CancelAsync();
        await Task.WhenAll(floods);
    }

    [Fact]
    public async Task Clients_that_fuzz_never_stop_the_server()
    {
        await using var server = new RunningServer(new WyomingOptions { EventTimeout = TimeSpan.FromSeconds(0.2), IdleTimeout = TimeSpan.FromSeconds(0.2) });
        var random = new Random(9);
        string[] parts =
        [
            Start, "{\"type\":\"describe\"}\n", "{\"type\":\"audio-stop\"}\n", "{\"type\":\"ping\",\"data_length\":2}\n{}", "{\"type\":\"detect\",\"data\":{\"names\":[]}}\n", "{\"type\":\"x\",\"payload_length\":3}\nabc",
            "{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":4}\nabcd", "{\"type\":\"audio-chunk\",\"data\":{\"rate\":44099,\"width\":3,\"channels\":1},\"payload_length\":3}\nabc",
        ];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async round =>
        {
            string sent = string.Concat(Enumerable.Range(0, 20).Select(_ => parts[random.Next(parts.Length)]));
            if (round % 3 != 0) sent = sent.Remove(random.Next(sent.Length), 1);
            using var client = await server.ConnectAsync();
            try
            {
                await client.SendRawAsync(Encoding.UTF8.GetBytes(sent));
                await client.ReadUntilAsync("error");
            }
            catch (IOException)
            {
                // Closed while it was still sending.
            }
        }));
        await server.BecomesEmptyAsync(closed: 60);
        server.Reasons.ShouldNotContain(reason => reason != null && reason.Contains("should not have happened"));
        server.Reasons.ShouldContain(reason => reason != null && !reason.Contains("nothing was sent"));
    }
}
