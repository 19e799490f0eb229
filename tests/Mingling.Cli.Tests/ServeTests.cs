using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Tests.Shared;

namespace Mingling.Cli.Tests;

/// <summary>The command serve as a house uses it: a process that is asked, spoken to and stopped.</summary>
public class ServeTests
{
    [Fact]
    public async Task Server_answers_hears_loads_a_new_word_and_stops_cleanly_when_it_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to end a program cleanly.");
        using var tones = new ToneCorpus();
        Enroll(tones, "base", "stop", "停", "--out", "house.onnx");
        using var server = MinglingProcess.Start(tones.Folder, "serve", "--wyoming", "--port", "0", "--language", "zh", "--json", "house.onnx");
        try
        {
            string first = (await server.StandardError.ReadLineAsync())!;
            first.ShouldStartWith("mingling: listening at 127.0.0.1:");
            first.ShouldEndWith(" for stop");
            var endPoint = IPEndPoint.Parse(first.Split(' ')[3]);
            var check = MinglingProcess.Run(tones.Folder, "serve", "--wyoming", "--check", "--port", $"{endPoint.Port}");
            (check.ExitCode, check.Output).ShouldBe((0, "stop\n"));

            using var client = await ProtocolClient.ConnectAsync(endPoint);
            byte[] sound = Sound(tones, "停");
            await client.ChunkAsync(sound);
            await client.StopAsync();
            (await client.ReadAsync())!.Text("name").ShouldBe("stop");
            var line = JsonDocument.Parse((await server.StandardOutput.ReadLineAsync())!).RootElement;
            line.GetProperty("word").GetString().ShouldBe("stop");

            Enroll(tones, "house.onnx", "on", "turn on");
            string[] words = ["stop"];
            for (int i = 0; i < 200 && words.Length < 2; i++)
            {
                await Task.Delay(50);
                await client.SendAsync("describe");
                words = [.. (await client.ReadAsync())!.Data["wake"]![0]!["models"]!.AsArray().Select(word => (string)word!["name"]!)];
            }
            words.ShouldBe(["stop", "on"]);
            await client.ChunkAsync(Sound(tones, "turn on"));
            await client.StopAsync();
            (await client.ReadAsync())!.Text("name").ShouldBe("on");

            using (var kill = Process.Start("kill", ["-TERM", $"{server.Id}"])) await kill.WaitForExitAsync();
            (await client.ReadAsync())!.Text("code").ShouldBe("stopping");
            await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            server.ExitCode.ShouldBe(0);
            (await server.StandardError.ReadToEndAsync()).ShouldEndWith("mingling: stopped\n");
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }

    [Fact]
    public void Wrong_usage_is_told_in_one_sentence()
    {
        using var tones = new ToneCorpus();
        Fail(tones, 2, "say how to serve: --wyoming", "serve", "m.onnx");
        Fail(tones, 2, "name model files", "serve", "--wyoming");
        Fail(tones, 2, "make a model file of a run with 'mingling export", "serve", "--wyoming", tones.Corpus);
        Fail(tones, 2, "the base encoder has no words", "serve", "--wyoming", "base");
        Fail(tones, 2, "is named twice", "serve", "--wyoming", "m.onnx", "./m.onnx");
        Fail(tones, 2, "the port is 70000", "serve", "--wyoming", "--port", "70000", "m.onnx");
        Fail(tones, 2, "--host takes an address", "serve", "--wyoming", "--host", "kitchen", "m.onnx");
        Fail(tones, 2, "--threshold takes a score", "serve", "--wyoming", "--threshold", "2", "m.onnx");
        Fail(tones, 2, "--idle takes", "serve", "--wyoming", "--idle", "0", "m.onnx");
        Fail(tones, 2, "leave out the model files", "serve", "--wyoming", "--check", "m.onnx");
        Fail(tones, 1, "m.onnx could not be read", "serve", "--wyoming", "m.onnx");
        Fail(tones, 1, "there is no server at 127.0.0.1:9", "serve", "--wyoming", "--check", "--port", "9");
    }

    private static void Enroll(ToneCorpus tones, string model, string word, string folder, params string[] more)
    {
        string[] clips = [.. Enumerable.Range(0, 3).Select(speaker => Path.Combine(tones.Corpus, folder, $"speaker{speaker}_take_0.wav"))];
        var result = MinglingProcess.Run(tones.Folder, ["enroll", model, "--word", word, .. clips, "--force", .. more]);
        result.ExitCode.ShouldBe(0, result.Error);
    }

    /// <summary>A clip of a word between pauses, as 16-bit samples.</summary>
    private static byte[] Sound(ToneCorpus tones, string folder)
    {
        float[] clip = AudioFile.Read(Path.Combine(tones.Corpus, folder, "speaker1_take_0.wav"), 16_000).Samples;
        float[] sound = [.. new float[16_000], .. clip, .. new float[16_000]];
        return [.. sound.SelectMany(sample => BitConverter.GetBytes((short)(32_000 * sample)))];
    }

    private static void Fail(ToneCorpus tones, int code, string message, params string[] arguments)
    {
        var result = MinglingProcess.Run(tones.Folder, arguments);
        result.ExitCode.ShouldBe(code, result.Output);
        result.Error.ShouldContain(message);
    }
}
