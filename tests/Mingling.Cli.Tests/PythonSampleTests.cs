using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Mingling.Audio;

namespace Mingling.Cli.Tests;

/// <summary>
/// What samples/python/spot.py does, with ONNX Runtime alone and by the names and shapes that the graph and the card give, because Python has
/// no ONNX Runtime on every machine.
/// </summary>
public class PythonSampleTests
{
    [Fact]
    public void A_model_with_its_front_end_is_listened_to_with_onnx_runtime_alone()
    {
        using var tones = new ToneCorpus();
        MinglingProcess.Run(tones.Folder, "train", tones.Corpus, "--out", "run", "--encoder", "tc-resnet8-stream", "--epochs", "25", "--batch", "16").ExitCode.ShouldBe(0);
        MinglingProcess.Run(tones.Folder, "export", "run", "--with-front-end", "--out", "model.onnx").ExitCode.ShouldBe(0);
        float[] word = AudioFile.Read(Path.Combine(tones.Corpus, "停", "speaker0_take_0.wav"), 16_000).Samples;
        float[] sound = [.. Noise(24_000), .. word, .. Noise(24_000)];

        using var session = new InferenceSession(tones["model.onnx"]);
        var card = JsonDocument.Parse(session.ModelMetadata.CustomMetadataMap["mingling.card"]).RootElement;
        var features = card.GetProperty("features");
        int step = card.GetProperty("stream").GetProperty("frames").GetInt32() * features.GetProperty("hopSamples").GetInt32();
        string[] classes = [.. card.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)];
        var state = session.InputMetadata.Where(input => input.Key.StartsWith("state.", StringComparison.Ordinal))
            .ToDictionary(input => input.Key, input => new DenseTensor<float>([1, .. input.Value.Dimensions[1..]]));
        state.ShouldContainKey("state.samples");
        var heard = new List<(double Time, string Word)>();
        for (int at = 0; at + step <= sound.Length; at += step)
        {
            var samples = new DenseTensor<float>(sound.AsMemory(at, step), [1, step]);
            using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("samples", samples), .. state.Select(each => NamedOnnxValue.CreateFromTensor(each.Key, each.Value))]);
            foreach (var next in outputs.Where(output => output.Name.StartsWith("next.", StringComparison.Ordinal)))
                state["state." + next.Name["next.".Length..]] = (DenseTensor<float>)next.AsTensor<float>().Clone();
            float[] scores = [.. outputs.Single(output => output.Name == "scores").AsTensor<float>()];
            scores.Sum().ShouldBe(1, 1e-4);
            heard.Add(((at + step) / 16_000.0, classes[Array.IndexOf(scores, scores.Max())]));
        }
        // While the word is within the window; with so little training it may lose some of the steps.
        double end = 1.5 + (word.Length / 16_000.0);
        heard.Where(step => step.Time > end && step.Time < 2.5).Count(step => step.Word == "停").ShouldBeGreaterThan(0);

        // The names that the script relies on are those of the card and of the graph.
        string script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "spot.py"));
        foreach (Match match in Regex.Matches(script, "card\\[\"(\\w+)\"\\](?:\\[\"(\\w+)\"\\])?"))
        {
            var property = card.GetProperty(match.Groups[1].Value);
            if (match.Groups[2].Success) property.TryGetProperty(match.Groups[2].Value, out _).ShouldBeTrue(match.Value);
        }
        script.ShouldContain("\"samples\": samples");
        script.ShouldContain("result[\"scores\"]");
    }

    private static float[] Noise(int samples)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, samples).Select(_ => (float)(0.002 * ((2 * random.NextDouble()) - 1)))];
    }
}
