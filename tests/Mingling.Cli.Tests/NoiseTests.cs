using System.Text.Json;
using Mingling.Audio;

namespace Mingling.Cli.Tests;

/// <summary>A run is judged in noise.</summary>
public sealed class NoiseTests : IClassFixture<FewShotTests.LearnedRun>
{
    private readonly FewShotTests.LearnedRun _run;

    public NoiseTests(FewShotTests.LearnedRun run)
    {
        _run = run;
        Directory.CreateDirectory(run.Tones["noise"]);
        Directory.CreateDirectory(run.Tones["silent"]);
        var random = new Random(1);
        WavWriter.Write(run.Tones["noise/hiss.wav"], new AudioClip([.. Enumerable.Range(0, 40_000).Select(_ => random.NextSingle() - 0.5f)], 16000));
        WavWriter.Write(run.Tones["silent/silence.wav"], new AudioClip(new float[8000], 16000));
        File.WriteAllText(run.Tones["text.wav"], "no sound");
    }

    [Fact]
    public void Evaluate_in_noise_reports_each_ratio_beside_the_clean_figures()
    {
        var result = Evaluate("--noise", "noise", "--snr", "20,-5.5", "--json", "--out", _run.Tones["json"]);
        result.ExitCode.ShouldBe(0, result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        report.GetProperty("clips").GetInt32().ShouldBe(6);
        var noise = report.GetProperty("noise");
        noise.GetProperty("recordings").GetInt32().ShouldBe(1);
        noise.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("snrDb").GetDouble()).ShouldBe([20, -5.5]);
        foreach (var score in noise.GetProperty("scores").EnumerateArray())
        {
            score.GetProperty("accuracy").GetDouble().ShouldBeInRange(0, 1);
            score.GetProperty("accuracyInterval").GetProperty("low").GetDouble().ShouldBeInRange(0, 1);
        }
        File.ReadAllText(_run.Tones["json/evaluation.json"]).ShouldBe(result.Output);
        Evaluate("--noise", "noise", "--snr", "20,-5.5", "--json", "--out", _run.Tones["json"]).Output.ShouldBe(result.Output);

        var table = Evaluate("--noise", "noise/hiss.wav", "silent", "--out", _run.Tones["table"]);
        table.ExitCode.ShouldBe(0, table.Error);
        foreach (string text in new[] { "In noise (1 recordings)", "no noise", "20 dB", "0 dB" }) table.Output.ShouldContain(text);
        table.Error.ShouldContain("is silent and no noise");
    }

    [Fact]
    public void Evaluate_without_noise_says_nothing_of_it() =>
        JsonDocument.Parse(Evaluate("--json", "--out", _run.Tones["clean"]).Output).RootElement.GetProperty("noise").ValueKind.ShouldBe(JsonValueKind.Null);

    [Theory]
    [InlineData(1, "there is no noise to judge in: 'text.wav' cannot be read", "--noise", "text.wav")]
    [InlineData(1, "there is no noise to judge in: 'nowhere' cannot be read", "--noise", "nowhere")]
    [InlineData(1, "is silent and no noise", "--noise", "silent")]
    [InlineData(1, "'text.wav' cannot be read", "--noise", "noise", "text.wav", "--strict")]
    [InlineData(2, "there are no sound files in run", "--noise", "run")]
    [InlineData(2, "--snr takes decibels from -30 to 60, separated by commas, not 'low'.", "--noise", "noise", "--snr", "10,low")]
    [InlineData(2, "--snr takes decibels from -30 to 60, separated by commas, not '100'.", "--noise", "noise", "--snr", "100")]
    [InlineData(2, "--snr takes decibels from -30 to 60, separated by commas, not ''.", "--noise", "noise", "--snr", "10,")]
    [InlineData(2, "--snr takes decibels from -30 to 60, separated by commas, not 'NaN'.", "--noise", "noise", "--snr", "NaN")]
    [InlineData(2, "--snr goes with --noise.", "--snr", "10")]
    [InlineData(2, "--noise is for judging words that were learned", "--noise", "noise", "--few-shot", "1")]
    [InlineData(2, "--repeats goes with --few-shot.", "--noise", "noise", "--repeats", "3")]
    public void Evaluate_in_noise_that_cannot_be_says_so_in_a_sentence(int exitCode, string sentence, params string[] options)
    {
        var result = Evaluate(options);
        result.ExitCode.ShouldBe(exitCode, result.Error);
        result.Error.ShouldStartWith("mingling: ");
        result.Error.ShouldContain(sentence);
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        File.Exists(_run.Tones["run/evaluation.json"]).ShouldBeFalse();
    }

    [Fact]
    public void Evaluate_of_a_stream_in_noise_is_refused()
    {
        var result = MinglingProcess.Run(_run.Tones.Folder, "evaluate", "run", "--stream", "noise/hiss.wav", "--labels", "list.csv", "--noise", "noise");
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldBe("mingling: --noise is for judging clips and has no effect on a stream; leave it out.\n");
    }

    private MinglingProcess.Result Evaluate(params string[] options) =>
        MinglingProcess.Run(_run.Tones.Folder, ["evaluate", "run", _run.Tones.Corpus, .. options]);
}
