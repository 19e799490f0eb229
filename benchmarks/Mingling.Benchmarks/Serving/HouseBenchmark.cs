using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Mingling.Audio;
using Mingling.Recognition;
using Mingling.Tests.Shared;

namespace Mingling.Benchmarks.Serving;

/// <summary>
/// The command `serve` as a process of its own, and clients written from the protocol's description. `house` [--clients 100] [--minutes 5]: so
/// many clients at once, each sending another part of a recording in real time; what each is told is compared with a spotter alone, and
/// pings between the sound tell how long an answer takes. `house-endless` [--hours 24]: one connection that sends as fast as the server takes, and
/// the server's memory after each hour of sound. `house-churn` [--clients 3000]: so many one after another,
/// two of five of whom break the protocol and two the connection. All take --program (the command), --model and --sound.
/// </summary>
internal static class HouseBenchmark
{
    private const int Rate = 16_000, ChunkMs = 32, Chunk = Rate * ChunkMs / 1000;

    private sealed record ClientsRow(
        string Name, string Model, int Clients, double Minutes, int Different, int Detections, double Cores, double AnswerMsMedian, double AnswerMs99, double AnswerMsLongest,
        double LateMsLongest, double MegabytesBefore, double MegabytesWithClients, double MegabytesAfter);

    private sealed record EndlessRow(string Name, string Model, double Hours, int Detections, double MegabytesAfterOneHour, double MegabytesAfterHalf, double MegabytesAfterAll, double TimesRealTime, double ProcessorSecondsPerHour);

    private sealed record ChurnRow(string Name, string Model, int Clients, int Answered, double MegabytesAfterSixth, double MegabytesAfterAll, int FilesBefore, int FilesAfter);

    public static void Clients(string[] args) => ClientsAsync(args).GetAwaiter().GetResult();

    public static void Endless(string[] args) => EndlessAsync(args).GetAwaiter().GetResult();

    public static void Churn(string[] args) => ChurnAsync(args).GetAwaiter().GetResult();

    private static async Task ClientsAsync(string[] args)
    {
        int count = Options.Number(args, "--clients", 100), minutes = Options.Number(args, "--minutes", 5);
        string model = Options.Text(args, "--model", "model.onnx");
        short[] sound = Read(Options.Text(args, "--sound", "stream.wav"));
        using var server = new ServerProcess(Options.Text(args, "--program", "mingling"), model);
        await WithClientAsync(server.EndPoint, async client => await HearAsync(client, sound, 0, Rate * 10, inRealTime: false, [], []));
        double before = server.Megabytes();
        var answers = new ConcurrentBag<double>();
        var late = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        double processor = server.ProcessorSeconds(), during = 0;
        var listening = Enumerable.Range(0, count).Select(number => WithClientAsync(server.EndPoint, async client =>
        {
            // Not all in the same moment, as clients do not begin at the same time either.
            await Task.Delay(ChunkMs * number / count);
            return await HearAsync(client, sound, Offset(number, sound.Length), Rate * 60 * minutes, inRealTime: true, answers, late);
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(30 * minutes));
        during = server.Megabytes();
        var told = await Task.WhenAll(listening);
        double cores = (server.ProcessorSeconds() - processor) / clock.Elapsed.TotalSeconds;
        using var recognizer = Recognizer.Load(model);
        int different = Enumerable.Range(0, count).Count(number => !told[number].SequenceEqual(Alone(recognizer, sound, Offset(number, sound.Length), Rate * 60 * minutes)));
        double[] sorted = [.. answers.Order()];
        JsonLines.Write(new ClientsRow(
            "house", Path.GetFileNameWithoutExtension(model), count, minutes, different, told.Sum(events => events.Count), Math.Round(cores, 3), Part(sorted, 0.5), Part(sorted, 0.99), Part(sorted, 1),
            Math.Round(late.DefaultIfEmpty().Max(), 1), before, during, server.Megabytes()));
    }

    private static async Task EndlessAsync(string[] args)
    {
        int hours = Options.Number(args, "--hours", 24);
        string model = Options.Text(args, "--model", "model.onnx");
        short[] sound = Read(Options.Text(args, "--sound", "stream.wav"));
        using var server = new ServerProcess(Options.Text(args, "--program", "mingling"), model);
        using var client = await ProtocolClient.ConnectAsync(server.EndPoint);
        await client.DetectAsync();
        await client.StartAsync(Rate);
        int detections = 0;
        var answers = new SemaphoreSlim(0);
        var reading = Task.Run(async () =>
        {
            while (await client.ReadAsync() is { } next)
            {
                if (next.Type == "pong") answers.Release();
                else if (next.Type == "detection") detections++;
            }
        });
        var clock = Stopwatch.StartNew();
        double processor = server.ProcessorSeconds();
        List<double> memory = [];
        const int piece = Rate / 10;
        for (long at = 0, hour = 0; hour < hours; hour++)
        {
            for (int i = 0; i < 36_000; i++, at += piece) await client.ChunkAsync(Pcm(sound, at, piece), Rate, timestamp: at * 1000 / Rate);
            // All of the hour is worked off when the ping is answered.
            await client.SendAsync("ping");
            await answers.WaitAsync();
            memory.Add(server.Megabytes());
            Console.Error.WriteLine($"{hour + 1} h: {memory[^1]} MB, {detections} detections, {3600 * (hour + 1) / clock.Elapsed.TotalSeconds:0} times real time");
        }
        double seconds = clock.Elapsed.TotalSeconds;
        await client.StopAsync();
        JsonLines.Write(new EndlessRow(
            "house-endless", Path.GetFileNameWithoutExtension(model), hours, detections, memory[0], memory[memory.Count / 2], memory[^1], Math.Round(3600 * hours / seconds, 1),
            Math.Round((server.ProcessorSeconds() - processor) / hours, 2)));
        client.Dispose();
        await Task.WhenAny(reading);
    }

    private static async Task ChurnAsync(string[] args)
    {
        int count = Options.Number(args, "--clients", 3000), answered = 0, files = 0;
        string model = Options.Text(args, "--model", "model.onnx");
        short[] sound = Read(Options.Text(args, "--sound", "stream.wav"));
        int[] rates = [8000, 16_000, 44_100, 48_000, 44_099];
        using var server = new ServerProcess(Options.Text(args, "--program", "mingling"), model);
        files = server.OpenFiles();
        double sixth = 0;
        for (int i = 0; i < count; i++)
        {
            int rate = rates[i / 5 % rates.Length];
            using var client = await ProtocolClient.ConnectAsync(server.EndPoint);
            await client.StartAsync(rate);
            await client.ChunkAsync(Pcm(sound, (long)i * 997, 2 * rate), rate);
            switch (i % 5)
            {
                case 0:
                    await client.StopAsync();
                    if ((await client.ReadAsync())?.Type is "detection" or "not-detected") answered++;
                    break;
                case 1:
                    await client.SendRawAsync("no event\n"u8.ToArray());
                    if ((await client.ReadUntilAsync("error"))[^1].Type == "error") answered++;
                    break;
                case 2:
                    await client.ChunkAsync(new byte[3], rate);
                    if ((await client.ReadUntilAsync("error"))[^1].Type == "error") answered++;
                    break;
                case 3:
                    client.Reset();
                    break;
                default:
                    await client.SendRawAsync("{\"type\":\"audio-chunk\",\"payload_length\":1000}\n12"u8.ToArray());
                    break;
            }
            if (i == count / 6) sixth = server.Megabytes();
        }
        await Task.Delay(2000);
        JsonLines.Write(new ChurnRow("house-churn", Path.GetFileNameWithoutExtension(model), count, answered, sixth, server.Megabytes(), files, server.OpenFiles()));
    }

    private static async Task<T> WithClientAsync<T>(IPEndPoint server, Func<ProtocolClient, Task<T>> use)
    {
        using var client = await ProtocolClient.ConnectAsync(server);
        return await use(client);
    }

    /// <summary>Sends a part of the sound, and gives what the client was told.</summary>
    private static async Task<List<(string Word, long Ms)>> HearAsync(
        ProtocolClient client, short[] sound, int offset, int samples, bool inRealTime, ConcurrentBag<double> answers, ConcurrentBag<double> late)
    {
        List<(string, long)> told = [];
        await client.DetectAsync();
        await client.StartAsync(Rate);
        var clock = Stopwatch.StartNew();
        var reading = Task.Run(async () =>
        {
            while (await client.ReadAsync() is { } next)
            {
                double now = clock.Elapsed.TotalMilliseconds;
                if (next.Type == "detection") told.Add((next.Text("name")!, next.Number("timestamp")!.Value));
                else if (next.Text("text") is { } sent) answers.Add(now - double.Parse(sent, System.Globalization.CultureInfo.InvariantCulture));
                else if (next.Type == "pong") break;
            }
        });
        for (int at = 0, chunk = 0; at + Chunk <= samples; at += Chunk, chunk++)
        {
            // A chunk can be sent when its sound is over.
            double due = ChunkMs * (chunk + 1.0), wait = due - clock.Elapsed.TotalMilliseconds;
            if (inRealTime && wait > 1) await Task.Delay((int)wait);
            if (inRealTime) late.Add(clock.Elapsed.TotalMilliseconds - due);
            await client.ChunkAsync(Pcm(sound, offset + at, Chunk), Rate);
            if (inRealTime && chunk % 30 == 0)
                await client.SendAsync("ping", new JsonObject { ["text"] = clock.Elapsed.TotalMilliseconds.ToString("R", System.Globalization.CultureInfo.InvariantCulture) });
        }
        await client.StopAsync();
        await client.SendAsync("ping");
        await reading;
        return told;
    }

    private static List<(string Word, long Ms)> Alone(Recognizer recognizer, short[] sound, int offset, int samples)
    {
        using var spotter = recognizer.OpenStream(Rate);
        float[] piece = new float[Chunk];
        List<(string, long)> told = [];
        for (int at = 0; at + Chunk <= samples; at += Chunk)
        {
            for (int i = 0; i < Chunk; i++) piece[i] = sound[(offset + at + i) % sound.Length] / 32768f;
            spotter.Push(piece);
        }
        spotter.Complete();
        while (spotter.TryRead(out var heard)) told.Add((heard.Word, (long)Math.Round(1000 * heard.Time)));
        return told;
    }

    private static int Offset(int number, int length) => (int)((long)number * 7_919 * 160 % length);

    private static byte[] Pcm(short[] sound, long at, int count)
    {
        byte[] bytes = new byte[2 * count];
        for (int i = 0; i < count; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), sound[(at + i) % sound.Length]);
        return bytes;
    }

    private static short[] Read(string path) =>
        [.. AudioFile.Read(path, Rate).Samples.Select(sample => (short)Math.Clamp(Math.Round(sample * 32768), short.MinValue, short.MaxValue))];

    private static double Part(double[] sorted, double share) => sorted.Length == 0 ? 0 : Math.Round(sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)], 1);
}
