using System.Text.Json;
using Mingling.Audio;

namespace Mingling.Cli.Tests;

public class VectorsTests
{
    [Fact]
    public void Vectors_of_an_enrolled_model_are_written_and_mistakes_are_told()
    {
        using var tones = new ToneCorpus();
        string[] spoken = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples", "commands", "start"), "*.wav").Order().Take(3)];
        MinglingProcess.Run(tones.Folder, ["enroll", "base", "--word", "start", .. spoken, "--force", "--out", "m.onnx"]).ExitCode.ShouldBe(0);
        var made = MinglingProcess.Run(tones.Folder, "vectors", "m.onnx", spoken[0], "--out", "v", "--rate", "8000", "48000", "--json");
        made.ExitCode.ShouldBe(0, made.Error);
        var counts = JsonDocument.Parse(made.Output).RootElement;
        (counts.GetProperty("streams").GetInt32(), counts.GetProperty("clips").GetInt32()).ShouldBe((2, 2));
        counts.GetProperty("events").GetInt32().ShouldBeGreaterThan(0);
        var set = JsonDocument.Parse(File.ReadAllText(tones["v/vectors.json"])).RootElement;
        set.GetProperty("format").GetString().ShouldBe("mingling-vectors");
        var stream = set.GetProperty("streams")[1];
        stream.GetProperty("sampleRate").GetInt32().ShouldBe(48_000);
        AudioFile.Read(tones["v/" + stream.GetProperty("sound").GetString()]).SampleRate.ShouldBe(48_000);
        set.GetProperty("clips")[0].GetProperty("word").GetString().ShouldBe("start");

        Fail(2, "--out takes a new or empty folder", "vectors", "m.onnx", spoken[0], "--out", "v");
        Fail(2, "--rate takes 1000 to 384,000 Hz", "vectors", "m.onnx", spoken[0], "--out", "w", "--rate", "10");
        Fail(1, "missing.wav", "vectors", "m.onnx", "missing.wav", "--out", "w");
        Fail(1, "none.onnx", "vectors", "none.onnx", spoken[0], "--out", "w");
        Directory.Exists(tones["w"]).ShouldBeFalse();

        void Fail(int code, string sentence, params string[] arguments)
        {
            var result = MinglingProcess.Run(tones.Folder, arguments);
            result.Error.ShouldContain(sentence);
            result.ExitCode.ShouldBe(code);
        }
    }
}
