using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Mingling.Recognition;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests.Live;

/// <summary>The live page's socket, with a model that a job trained.</summary>
[Collection(nameof(TrainedStudio))]
public sealed class LiveSocketTests(TrainedStudio trained)
{
    private const int Rate = 16_000;

    /// <summary>A model of forty passes is right, and not sure.</summary>
    private const double Threshold = 0.3;

    [Fact]
    public async Task Stream_gives_the_events_of_the_spotter()
    {
        short[] sound = Sound();
        using var recognizer = Recognizer.Load(trained.Studio[$"models/{TrainedStudio.Model}.onnx"]);
        using var spotter = recognizer.OpenStream(Rate, settings => settings.WithTrainedThreshold(recognizer.Card, Threshold));
        spotter.Push([.. sound.Select(value => value / 32768f)]);
        spotter.Complete();
        List<string> expected = [];
        while (spotter.TryRead(out var heard)) expected.Add($"{heard.Word} {heard.Time:0.000} {heard.Start:0.000} {heard.End:0.000} {heard.Score:0.0000}");
        expected.Count.ShouldBeGreaterThan(4);

        using var live = await OpenAsync();
        await SendAsync(live, sound);
        await live.SendAsync("{\"end\":true}"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var messages = await ReadAllAsync(live);
        Words(messages).Select(word => $"{word.GetProperty("word").GetString()} {word.GetProperty("time").GetDouble():0.000} {word.GetProperty("start").GetDouble():0.000} {word.GetProperty("end").GetDouble():0.000} {word.GetProperty("score").GetDouble():0.0000}").ShouldBe(expected);
        // A word is told with the sound that decided it, not later.
        foreach (var word in Words(messages)) (word.GetProperty("at").GetDouble() - word.GetProperty("time").GetDouble()).ShouldBeInRange(0, 0.15);
        var pictures = messages.Where(message => message.TryGetProperty("picture", out _)).ToList();
        pictures.ShouldNotBeEmpty();
        pictures[^1].GetProperty("picture").GetProperty("scores").GetArrayLength().ShouldBe(TrainedStudio.Words.Length);
    }

    [Fact]
    public async Task Reader_that_stops_reading_loses_pictures_but_no_sound_and_harms_nobody()
    {
        using var deaf = await OpenAsync();
        using var live = await OpenAsync();
        // Two minutes of sound give more pictures than the pipes hold.
        for (int i = 0; i < 6; i++) await SendAsync(deaf, Sound(), perMessage: 8000);
        await SendAsync(live, Sound());
        await live.SendAsync("{\"end\":true}"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        Words(await ReadAllAsync(live)).Count.ShouldBeGreaterThan(4);
        // Now it reads: words of all of the sound come, in order.
        await deaf.SendAsync("{\"end\":true}"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var words = Words(await ReadAllAsync(deaf));
        double[] times = [.. words.Select(word => word.GetProperty("time").GetDouble())];
        times.ShouldBe(times.Order());
        times[^1].ShouldBeGreaterThan(5 * Sound().Length / (double)Rate);
    }

    [Fact]
    public async Task False_alarm_is_kept_with_the_sound_before_it()
    {
        using var live = await OpenAsync();
        await SendAsync(live, Sound());
        JsonElement word;
        do word = await ReadAsync(live);
        while (!word.TryGetProperty("word", out _));
        int number = word.GetProperty("word").GetProperty("number").GetInt32();
        await live.SendAsync(Encoding.UTF8.GetBytes($"{{\"keep\":{number}}}"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        JsonElement kept;
        do kept = await ReadAsync(live);
        while (!kept.TryGetProperty("kept", out _));
        string file = kept.GetProperty("kept").GetProperty("file").GetString()!;
        File.Exists(trained.Studio[$"alarms/{file}"]).ShouldBeTrue();
        var alarms = await trained.Studio.Client.GetAsync("/api/alarms");
        alarms.EnumerateArray().Select(alarm => alarm.GetProperty("file").GetString()).ShouldContain(file);
        await trained.Studio.Client.SendAsync(HttpMethod.Delete, $"/api/alarms?file={Uri.EscapeDataString(file)}");
        File.Exists(trained.Studio[$"alarms/{file}"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Room_that_is_recorded_gives_thresholds_for_a_rate()
    {
        (await trained.Studio.Client.RefusalAsync(HttpMethod.Post, $"/api/thresholds?model={TrainedStudio.Model}&rate=-1", "{}"u8.ToArray())).Code.ShouldBe("rate");
        // Other words than those of the model, as talk in a room.
        short[] talk = Sound("turn on", "louder", "关门", "上楼");
        using (var live = await OpenAsync())
        {
            await live.SendAsync("{\"background\":true}"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await SendAsync(live, talk);
            await live.SendAsync("{\"end\":true}"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await ReadAllAsync(live);
        }
        (await trained.Studio.Client.GetAsync("/api/studio")).GetProperty("backgroundSeconds").GetDouble().ShouldBe(talk.Length / (double)Rate, 1.5);
        var loose = await trained.Studio.Client.PostAsync($"/api/thresholds?model={TrainedStudio.Model}&rate=1000");
        var strict = await trained.Studio.Client.PostAsync($"/api/thresholds?model={TrainedStudio.Model}&rate=0.1");
        double Sum(JsonElement found) => found.GetProperty("words").EnumerateArray().Sum(word => word.GetProperty("threshold").GetDouble());
        Sum(strict).ShouldBeGreaterThanOrEqualTo(Sum(loose));
        strict.GetProperty("curve").EnumerateArray().First().GetProperty("perHour").GetDouble().ShouldBeGreaterThanOrEqualTo(strict.GetProperty("curve").EnumerateArray().Last().GetProperty("perHour").GetDouble());
    }

    [Fact]
    public async Task Nonsense_closes_the_socket_with_a_sentence()
    {
        foreach (byte[] text in new[] { "no json"u8.ToArray(), Encoding.UTF8.GetBytes(new string('x', 2000)) })
        {
            using var live = await OpenAsync();
            await live.SendAsync(text, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            (await ReadAllAsync(live)).Any(message => message.TryGetProperty("error", out _)).ShouldBeTrue();
        }
        using var large = await OpenAsync();
        await large.SendAsync(new byte[100_000], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        (await ReadAllAsync(large)).Any(message => message.TryGetProperty("error", out _)).ShouldBeTrue();
    }

    [Fact]
    public async Task Word_is_enrolled_from_three_recordings_and_forgotten()
    {
        string[] clips = [.. SampleClips.Of("louder").Take(3)];
        using var body = new MemoryStream();
        foreach (string clip in clips)
        {
            byte[] bytes = File.ReadAllBytes(clip);
            body.Write(BitConverter.GetBytes(bytes.Length));
            body.Write(bytes);
        }
        await trained.Studio.Client.SendAsync(HttpMethod.Post, "/api/enrollments?name=base-words&word=louder&force=1", body.ToArray());
        var model = (await trained.Studio.Client.GetAsync("/api/models")).EnumerateArray().Single(one => one.GetProperty("name").GetString() == "base-words");
        model.GetProperty("enrolled").EnumerateArray().Single().GetString().ShouldBe("louder");
        (await trained.Studio.Client.RefusalAsync(HttpMethod.Post, "/api/enrollments?name=base-words&word=louder&force=1", body.ToArray())).Code.ShouldBe("model-there");
        (await trained.Studio.Client.RefusalAsync(HttpMethod.Post, "/api/enrollments?model=base-words&word=louder&force=1", body.ToArray())).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        await trained.Studio.Client.SendAsync(HttpMethod.Delete, "/api/enrollments?model=base-words&word=louder");
        (await trained.Studio.Client.RefusalAsync(HttpMethod.Post, "/api/enrollments?name=other&word=x", [9, 0, 0, 0, 1])).Code.ShouldBe("bad-request");
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        var socket = new ClientWebSocket();
        string own = trained.Studio.Server.Address.GetLeftPart(UriPartial.Authority);
        socket.Options.SetRequestHeader("Origin", own);
        await socket.ConnectAsync(new Uri($"{own.Replace("http", "ws", StringComparison.Ordinal)}/api/live?model={TrainedStudio.Model}&rate={Rate}&threshold={Threshold}&key={trained.Studio.Client.Key}"), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Words one after another with pauses, in a little noise; by voices of the corpus.</summary>
    private static short[] Sound(params string[] words)
    {
        var random = new Random(7);
        List<float> sound = [];
        foreach (string word in words.Length > 0 ? words : TrainedStudio.Words)
        {
            foreach (string file in SampleClips.Of(word).Take(3))
            {
                sound.AddRange(new float[Rate]);
                sound.AddRange(Audio.AudioFile.Read(file, Rate).Samples);
            }
        }
        sound.AddRange(new float[Rate]);
        return [.. sound.Select(sample => (short)Math.Clamp(Math.Round((sample + (0.002 * (random.NextDouble() - 0.5))) * 32768), short.MinValue, short.MaxValue))];
    }

    private static async Task SendAsync(ClientWebSocket socket, short[] sound, int perMessage = 1024)
    {
        foreach (short[] piece in sound.Chunk(perMessage))
        {
            byte[] bytes = new byte[piece.Length * 2];
            Buffer.BlockCopy(piece, 0, bytes, 0, bytes.Length);
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[64 << 10];
        int filled = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(filled), TestContext.Current.CancellationToken);
            if (received.MessageType == WebSocketMessageType.Close) return default;
            filled += received.Count;
            if (received.EndOfMessage) return JsonDocument.Parse(buffer.AsMemory(0, filled).ToArray()).RootElement;
        }
    }

    private static async Task<List<JsonElement>> ReadAllAsync(ClientWebSocket socket)
    {
        List<JsonElement> all = [];
        while (await ReadAsync(socket) is { ValueKind: JsonValueKind.Object } message) all.Add(message);
        return all;
    }

    private static List<JsonElement> Words(List<JsonElement> messages) =>
        [.. messages.Where(message => message.TryGetProperty("word", out _)).Select(message => message.GetProperty("word"))];
}
