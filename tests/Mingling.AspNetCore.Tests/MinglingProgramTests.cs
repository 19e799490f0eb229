using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mingling.Audio;
using Mingling.Serving.Models;
using Mingling.Serving.Streams;
using Mingling.Serving.Tests.Support;
using Mingling.Tests.Shared;

namespace Mingling.AspNetCore.Tests;

public class MinglingProgramTests
{
    [Fact]
    public async Task Words_are_listed_by_model()
    {
        await using var program = await RunningProgram.StartAsync();
        (await program.Http.GetStringAsync("/mingling/words")).ShouldBe("""[{"model":"tones","words":["low","high"]}]""");
    }

    [Theory]
    [InlineData(ToneModel.LowHz, 16_000, "low")]
    [InlineData(ToneModel.HighHz, 44_100, "high")]
    public async Task Clip_is_answered_with_its_word(double hz, int rate, string word)
    {
        await using var program = await RunningProgram.StartAsync();
        var answer = await program.Http.PostAsync("/mingling/clips", Wav(Tones.Tone(hz, 0.9, rate), rate));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        ((string?)said["word"], (string?)said["best"], (bool?)said["enrolled"]).ShouldBe((word, word, false));
        ((double?)said["score"])!.Value.ShouldBeInRange(0.5, 1);
        var silence = await program.Http.PostAsync("/mingling/clips", Wav(new float[16_000], 16_000));
        (await silence.Content.ReadAsStringAsync()).ShouldStartWith("""{"word":null""");
    }

    [Fact]
    public async Task Clip_that_cannot_be_read_is_refused_with_a_sentence()
    {
        await using var program = await RunningProgram.StartAsync(options => (options.LongestClip, options.LongestClipSeconds) = (100_000, 2));
        await RefusedAsync(new ByteArrayContent("no sound"u8.ToArray()), HttpStatusCode.BadRequest, "not a sound file");
        await RefusedAsync(new ByteArrayContent([]), HttpStatusCode.BadRequest, "the recording");
        await RefusedAsync(Wav(new float[33_000], 16_000), HttpStatusCode.BadRequest, "at most 2 s");
        await RefusedAsync(new ByteArrayContent(new byte[200_000]), HttpStatusCode.RequestEntityTooLarge, "larger than 100000 bytes");
        // Without a length that tells it beforehand.
        await RefusedAsync(new StreamContent(new Endless(200_000)), HttpStatusCode.RequestEntityTooLarge, "larger than 100000 bytes");

        async Task RefusedAsync(HttpContent content, HttpStatusCode status, string part)
        {
            var answer = await program.Http.PostAsync("/mingling/clips", content);
            answer.StatusCode.ShouldBe(status);
            ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"])!.ShouldContain(part);
        }
    }

    [Fact]
    public async Task Stream_by_web_socket_tells_each_command_and_ends_when_it_is_told()
    {
        await using var program = await RunningProgram.StartAsync();
        float[] sound = Tones.Say("lh", 48_000);
        using var stream = new CommandStream(program.Services.GetRequiredService<CommandModels>(), 48_000);
        byte[] pcm = Tones.Pcm(sound, 3, 2);
        float[] samples = new float[sound.Length];
        Serving.Sound.PcmDecoder.Decode(new(48_000, 3, 2), pcm, samples);
        stream.Push(samples);
        stream.Complete();
        List<string> expected = [];
        while (stream.TryRead(out var heard)) expected.Add($"{heard.Word} {Math.Round(heard.Time, 3)}");
        expected.Count.ShouldBe(2);
        using var socket = await program.OpenAsync("?rate=48000&width=3&channels=2");
        // Messages that cut frames.
        for (int at = 0; at < pcm.Length; at += 5001) await SendAsync(socket, pcm[at..Math.Min(at + 5001, pcm.Length)]);
        await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        (await ReadAllAsync(socket)).Select(heard => $"{heard["word"]} {heard["time"]}").ShouldBe(expected);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Stream_of_some_words_tells_those_alone_and_unknown_ones_are_refused()
    {
        await using var program = await RunningProgram.StartAsync();
        using var socket = await program.OpenAsync("?rate=16000&words=high,%20nobody");
        await SendAsync(socket, Tones.Pcm(Tones.Say("lh")));
        await socket.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        (await ReadAllAsync(socket)).Select(heard => (string?)heard["word"]).ShouldBe(["high"]);
        (string Query, string Part)[] wrong = [("", "rate"), ("?rate=10", "10 Hz"), ("?rate=16000&width=9", "width is 9"), ("?rate=x", "no whole number"), ("?rate=16000&words=nobody", "")];
        foreach (var (query, _) in wrong) await Should.ThrowAsync<WebSocketException>(program.OpenAsync(query));
        var plain = await program.Http.GetAsync("/mingling/stream?rate=16000");
        plain.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await plain.Content.ReadAsStringAsync()).ShouldContain("WebSocket");
    }

    [Fact]
    public async Task Streams_that_are_silent_too_many_or_gone_leave_room_for_others()
    {
        await using var program = await RunningProgram.StartAsync(options => (options.IdleTimeout, options.MostStreams) = (TimeSpan.FromSeconds(0.3), 2));
        using (var first = await program.OpenAsync("?rate=16000"))
        {
            var second = await program.OpenAsync("?rate=16000");
            await Should.ThrowAsync<WebSocketException>(program.OpenAsync("?rate=16000"));
            second.Abort();
            var told = await ReadAllAsync(first);
            ((string?)told.ShouldHaveSingleItem()["error"])!.ShouldContain("nothing was sent for 0.3 s");
        }
        for (int round = 0; round < 3; round++)
        {
            using var next = await OpenWhenFreeAsync(program);
            await SendAsync(next, Tones.Pcm(Tones.Say("l")));
            await next.SendAsync("end"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            (await ReadAllAsync(next)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Health_tells_of_a_model_that_cannot_be_loaded_anew_and_of_its_recovery()
    {
        await using var program = await RunningProgram.StartAsync();
        var models = program.Services.GetRequiredService<CommandModels>();
        (await program.Http.GetStringAsync("/health")).ShouldStartWith("Healthy");
        await File.WriteAllTextAsync(program.ModelPath, "no model");
        models.ReloadChanged();
        (await program.Http.GetStringAsync("/health")).ShouldStartWith("Degraded " + program.ModelPath);
        ToneModel.Write(program.ModelPath, "unten", "oben");
        models.ReloadChanged();
        (await program.Http.GetStringAsync("/health")).ShouldStartWith("Healthy");
        (await program.Http.GetStringAsync("/mingling/words")).ShouldContain("unten");
    }

    [Fact]
    public async Task Wyoming_server_runs_with_the_program_and_stops_with_it()
    {
        ProtocolClient client;
        await using (var program = await RunningProgram.StartAsync())
        {
            client = await ProtocolClient.ConnectAsync(program.Wyoming.EndPoint!);
            await client.ChunkAsync(Tones.Pcm(Tones.Say("l")));
            await client.StopAsync();
            (await client.ReadAsync())!.Text("name").ShouldBe("low");
        }
        (await client.ReadAsync())!.Text("code").ShouldBe("stopping");
        client.Dispose();
    }

    [Fact]
    public async Task Program_with_wrong_options_does_not_start_and_says_everything_that_is_wrong()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMingling(options => (options.MostStreams, options.Threshold) = (0, 2));
        await using var app = builder.Build();
        string message = (await Should.ThrowAsync<OptionsValidationException>(app.StartAsync())).Message;
        message.ShouldContain("there is no model file");
        message.ShouldContain("MostStreams is 0");
        message.ShouldContain("Threshold is 2");
        Should.Throw<ArgumentException>(() => builder.Services.AddMinglingWyoming(new Serving.Wyoming.WyomingOptions { Port = -1 })).Message.ShouldContain("the port is -1");
    }

    private static async Task<WebSocket> OpenWhenFreeAsync(RunningProgram program)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await program.OpenAsync("?rate=16000");
            }
            catch (WebSocketException) when (attempt < 100)
            {
                await Task.Delay(20);
            }
        }
    }

    private static Task SendAsync(WebSocket socket, byte[] bytes) => socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None);

    /// <summary>All messages up to the end.</summary>
    private static async Task<List<JsonNode>> ReadAllAsync(WebSocket socket)
    {
        List<JsonNode> messages = [];
        byte[] buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
            messages.Add(JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, received.Count))!);
        return messages;
    }

    private static ByteArrayContent Wav(float[] samples, int rate)
    {
        using var stream = new MemoryStream();
        WavWriter.Write(stream, new AudioClip(samples, rate), WavEncoding.Pcm16);
        return new ByteArrayContent(stream.ToArray());
    }

    /// <summary>Zeros without a length.</summary>
    private sealed class Endless(int count) : Stream
    {
        private int _left = count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(count, _left);
            _left -= read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
