using System.Text.Json.Nodes;
using Mingling.Recognition;
using Mingling.Recognition.Streaming;
using Mingling.Serving.Models;
using Mingling.Serving.Sound;
using Mingling.Serving.Tests.Support;
using Mingling.Serving.Wyoming;
using Mingling.Tests.Shared;

namespace Mingling.Serving.Tests.Wyoming;

public class WyomingServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Describe_is_answered_with_the_words_and_what_a_house_shows_of_them(bool isInline)
    {
        await using var server = new RunningServer(new WyomingOptions { Languages = ["ar", "zh"] });
        using var client = await server.ConnectAsync(isInline);
        await client.SendAsync("describe");
        var info = (await client.ReadAsync())!;
        info.Type.ShouldBe("info");
        var service = info.Data["wake"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)service["name"], (bool?)service["installed"]).ShouldBe(("mingling", true));
        ((string?)service["version"]).ShouldNotBeNullOrEmpty();
        var words = service["models"]!.AsArray();
        words.Select(word => (string?)word!["name"]).ShouldBe(["low", "high"]);
        foreach (var word in words)
        {
            word!["languages"]!.AsArray().Select(language => (string?)language).ShouldBe(["ar", "zh"]);
            ((string?)word["attribution"]!["name"], (string?)word["attribution"]!["url"], (bool?)word["installed"], (string?)word["version"]).ShouldBe(("tones", "", true, "0.0"));
            ((string?)word["phrase"]).ShouldBe((string?)word["name"]);
        }
        info.Data["asr"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ping_is_answered_with_its_text()
    {
        await using var server = new RunningServer();
        using var client = await server.ConnectAsync();
        await client.SendAsync("ping", new JsonObject { ["text"] = "命令 \"1\"" });
        var pong = (await client.ReadAsync())!;
        (pong.Type, pong.Text("text")).ShouldBe(("pong", "命令 \"1\""));
        await client.SendAsync("ping");
        (await client.ReadAsync())!.Data.ContainsKey("text").ShouldBeTrue();
    }

    [Fact]
    public async Task Words_of_a_stream_are_those_of_a_spotter_alone_at_its_times()
    {
        await using var server = new RunningServer();
        float[] sound = Tones.Say("lhl");
        var alone = Alone(server, sound);
        alone.Select(heard => heard.Word).ShouldBe(["low", "high", "low"]);
        using var client = await server.ConnectAsync();
        await client.DetectAsync();
        await client.StartAsync();
        var reading = client.ReadUntilAsync("pong");
        byte[] pcm = Tones.Pcm(sound);
        for (int at = 0; at < pcm.Length; at += 2048) await client.ChunkAsync(pcm.AsMemory(at, Math.Min(2048, pcm.Length - at)));
        await client.StopAsync();
        await client.SendAsync("ping");
        var events = await reading;
        events[..^1].Select(heard => (heard.Type, heard.Text("name"), heard.Number("timestamp")))
            .ShouldBe(alone.Select(heard => ("detection", (string?)heard.Word, (long?)Math.Round(1000 * heard.Time))));
    }

    [Fact]
    public async Task Timestamps_are_those_of_the_clock_of_the_client()
    {
        await using var server = new RunningServer();
        using var client = await server.ConnectAsync();
        float[] sound = Tones.Say("l");
        await client.StartAsync();
        byte[] pcm = Tones.Pcm(sound);
        for (int at = 0; at < pcm.Length; at += 3200) await client.ChunkAsync(pcm.AsMemory(at, Math.Min(3200, pcm.Length - at)), timestamp: 50_000 + (at / 32));
        await client.StopAsync();
        (await client.ReadAsync())!.Number("timestamp").ShouldBe(50_000 + (long)Math.Round(1000 * Alone(server, sound)[0].Time));
    }

    [Fact]
    public async Task Stream_without_a_word_ends_with_not_detected_and_the_next_one_begins_anew()
    {
        await using var server = new RunningServer();
        using var client = await server.ConnectAsync();
        await client.StartAsync();
        await client.ChunkAsync(Tones.Pcm(Tones.Say("  ")));
        await client.StopAsync();
        (await client.ReadAsync())!.Type.ShouldBe("not-detected");
        // Without a beginning, and with a word at the very end.
        await client.ChunkAsync(Tones.Pcm([.. new float[16_000], .. Tones.Tone(ToneModel.HighHz, 0.7)]));
        await client.StopAsync();
        (await client.ReadAsync())!.Text("name").ShouldBe("high");
    }

    [Fact]
    public async Task Only_the_words_that_were_asked_for_are_told()
    {
        await using var server = new RunningServer();
        using var client = await server.ConnectAsync();
        await client.DetectAsync("HIGH", "nobody");
        await client.ChunkAsync(Tones.Pcm(Tones.Say("lhl")));
        await client.StopAsync();
        await client.SendAsync("ping");
        (await client.ReadUntilAsync("pong")).Select(heard => heard.Text("name")).ShouldBe(["high", null]);
        await client.DetectAsync("left");
        var error = (await client.ReadAsync())!;
        (error.Type, error.Text("code")).ShouldBe(("error", "unknown-word"));
        error.Text("text")!.ShouldContain("'left'");
    }

    [Theory]
    [InlineData(8000, 1, 1)]
    [InlineData(11_025, 2, 2)]
    [InlineData(44_100, 3, 1)]
    [InlineData(44_099, 2, 1)]
    [InlineData(48_000, 4, 6)]
    [InlineData(96_000, 2, 1)]
    public async Task Sound_of_any_rate_width_and_channels_is_heard(int rate, int width, int channels)
    {
        await using var server = new RunningServer();
        using var client = await server.ConnectAsync();
        await client.StartAsync(rate, width, channels);
        await client.ChunkAsync(Tones.Pcm(Tones.Say("lh", rate), width, channels), rate, width, channels);
        await client.StopAsync();
        await client.SendAsync("ping");
        var events = await client.ReadUntilAsync("pong");
        events.Select(heard => heard.Text("name")).ShouldBe(["low", "high", null]);
        // 1 s, the word, and what the smoothing takes.
        events[0].Number("timestamp")!.Value.ShouldBeInRange(1000, 2200);
    }

    [Fact]
    public async Task Many_clients_at_once_each_hear_what_one_alone_hears()
    {
        await using var server = new RunningServer();
        string[] said = ["lh", "hl", "hh", "l h"];
        float[][] sounds = [.. said.Select((words, i) => Tones.Say(words, seed: i))];
        var alone = sounds.Select(sound => Alone(server, sound).Select(heard => ((string?)heard.Word, (long?)Math.Round(1000 * heard.Time))).ToArray()).ToArray();
        alone.ShouldAllBe(events => events.Length == 2);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
        {
            using var client = await server.ConnectAsync(isInline: number % 2 == 0);
            var random = new Random(number);
            byte[] pcm = Tones.Pcm(sounds[number % sounds.Length]);
            await client.StartAsync();
            for (int at = 0; at < pcm.Length;)
            {
                int piece = Math.Min(2 * random.Next(1, 3000), pcm.Length - at);
                await client.ChunkAsync(pcm.AsMemory(at, piece));
                at += piece;
            }
            await client.StopAsync();
            await client.SendAsync("ping");
            (await client.ReadUntilAsync("pong"))[..^1].Select(heard => (heard.Text("name"), heard.Number("timestamp"))).ShouldBe(alone[number % sounds.Length]);
        }));
        await server.BecomesEmptyAsync(closed: 24);
        server.Reasons.ShouldAllBe(reason => reason == null);
    }

    [Fact]
    public async Task Stopping_tells_the_clients_and_ends()
    {
        await using var server = new RunningServer();
        using var client = await server.ConnectAsync();
        await client.ChunkAsync(Tones.Pcm(Tones.Say(" ")));
        await client.SendAsync("ping");
        (await client.ReadAsync())!.Type.ShouldBe("pong");
        await server.StopAsync();
        (await client.ReadAsync())!.Text("code").ShouldBe("stopping");
        (await client.ReadAsync()).ShouldBeNull();
        await Should.ThrowAsync<System.Net.Sockets.SocketException>(server.ConnectAsync());
    }

    [Fact]
    public void Port_in_use_is_told_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        ToneModel.Write(folder["a.onnx"]);
        using var models = CommandModels.Load([folder["a.onnx"]]);
        using var first = new WyomingServer(models, new WyomingOptions { Port = 0 });
        first.Start();
        using var second = new WyomingServer(models, new WyomingOptions { Port = first.EndPoint!.Port });
        Should.Throw<ServingException>(second.Start).Message.ShouldContain("is in use");
        Should.Throw<ArgumentException>(() => new WyomingServer(models, new WyomingOptions { Port = 70_000, MostClients = 0 })).Message.ShouldContain("MostClients is 0");
    }

    private static List<CommandEvent> Alone(RunningServer server, float[] sound)
    {
        // What a client sends has 16 bits.
        byte[] pcm = Tones.Pcm(sound);
        float[] samples = new float[sound.Length];
        PcmDecoder.Decode(new PcmFormat(16_000, 2, 1), pcm, samples);
        using var recognizer = Recognizer.Load(server.ModelPath);
        using var spotter = recognizer.OpenStream(16_000);
        spotter.Push(samples);
        spotter.Complete();
        List<CommandEvent> events = [];
        while (spotter.TryRead(out var heard)) events.Add(heard);
        return events;
    }
}
