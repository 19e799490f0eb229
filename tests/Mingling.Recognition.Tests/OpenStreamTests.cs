using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Tests.Streaming;
using Mingling.Recognition.Tests.Support;

namespace Mingling.Recognition.Tests;

public class OpenStreamTests
{
    /// <summary>A steady tone, for which the made model always gives the same posteriors, all of them below the default threshold.</summary>
    private static readonly float[] Tone = Sound.Tone(700, 4);

    [Fact]
    public void OpenStream_detects_with_the_calibrated_threshold_and_tells_its_false_alarms()
    {
        using var plain = MadeModel.Load();
        var (word, score) = Most(plain);
        Listen(plain).ShouldBeEmpty();
        using var calibrated = MadeModel.Load(Calibrated(new CommandThreshold(word, score - 0.02, 0.25, 0.9)));
        var heard = Listen(calibrated);
        heard.ShouldNotBeEmpty();
        heard.ShouldAllBe(e => e.Word == word && e.FalseAlarmsPerHour == 0.25);
        using var strict = MadeModel.Load(Calibrated(new CommandThreshold(word, score + 0.02)));
        Listen(strict).ShouldBeEmpty();
    }

    [Fact]
    public void OpenStream_detects_an_enrolled_word_at_the_threshold_of_its_enrollment()
    {
        using var plain = MadeModel.Load();
        // A score of 1/(1 + exp(−12 · 0.03)) = 0.59: above that of its enrolment, 0.5, and below the default threshold of 0.7.
        using var recognizer = MadeModel.Load(MadeModel.Card with { Enrolled = [new EnrolledWord("new", plain.Recognize(Tone).Embedding, 1, 0.97)] });
        var heard = Listen(recognizer);
        heard.ShouldNotBeEmpty();
        heard.ShouldAllBe(e => e.Word == "new" && e.Score > 0.5 && e.Score < 0.65);
    }

    [Fact]
    public void OpenStream_takes_interval_and_smoothing_from_the_calibration_and_the_rest_from_the_defaults()
    {
        using var recognizer = MadeModel.Load(Calibrated(new CommandThreshold("go", 0.9)) with { Enrolled = [new EnrolledWord("new", [1, 0, 0, 0, 0, 0], 1, 0.8)] });
        using var spotter = recognizer.OpenStream(48_000);
        spotter.SampleRate.ShouldBe(48_000);
        (spotter.Settings.HopMs, spotter.Settings.Decision.SmoothingMs, spotter.Settings.Decision.MaximumMs).ShouldBe((40, 200, 960));
        string[] words = ["go", "stop", "new"];
        words.Select(word => spotter.Settings.Decision.For(word).Threshold).ShouldBe([0.9, 0.7, 0.5]);
        spotter.Settings.Gate.ShouldNotBeNull();
    }

    [Fact]
    public void OpenStream_with_an_adjustment_lets_it_win_and_keeps_what_it_leaves()
    {
        using var plain = MadeModel.Load();
        var (word, score) = Most(plain);
        using var recognizer = MadeModel.Load(Calibrated(new CommandThreshold(word, score - 0.02, 0.25)));
        Listen(recognizer, settings => settings with { Decision = settings.Decision with { Thresholds = [] } }).ShouldBeEmpty();
        Listen(recognizer, settings => settings with { Decision = settings.Decision with { Thresholds = [new(word, score + 0.02)] } }).ShouldBeEmpty();
        Listen(recognizer, settings => settings with { HopMs = 80 }).ShouldNotBeEmpty();
        using var spotter = recognizer.OpenStream(16_000, settings => settings with { Gate = null });
        spotter.Settings.Gate.ShouldBeNull();
        spotter.Settings.Decision.Thresholds.ShouldHaveSingleItem().Command.ShouldBe(word);
    }

    [Fact]
    public void WithTrainedThreshold_replaces_calibrated_thresholds_and_keeps_those_of_enrolled_words()
    {
        var card = Calibrated(new CommandThreshold("go", 0.9), new CommandThreshold("new", 0.6)) with
        {
            Enrolled = [new EnrolledWord("new", [1, 0, 0, 0, 0, 0], 1, 0.8), new EnrolledWord("other", [0, 1, 0, 0, 0, 0], 1, 0.8)],
        };
        var decision = SpotterSettings.FromCard(card).WithTrainedThreshold(card, 0.8).Decision;
        string[] words = ["go", "stop", "new", "other"];
        words.Select(word => decision.For(word).Threshold).ShouldBe([0.8, 0.8, 0.6, 0.5]);
    }

    [Fact]
    public void OpenStream_keeps_the_model_after_the_recognizer_is_disposed_and_frees_it_itself()
    {
        var recognizer = MadeModel.Load();
        var spotter = recognizer.OpenStream(16_000, settings => settings with { Gate = null });
        recognizer.Dispose();
        spotter.Push(Tone);
        spotter.Evaluations.ShouldBeGreaterThan(10);
        spotter.Dispose();
        spotter.Dispose();
        Should.Throw<ObjectDisposedException>(() => spotter.Push(Tone));
        Should.Throw<ObjectDisposedException>(() => recognizer.OpenStream(16_000));
    }

    [Fact]
    public void OpenStream_used_wrongly_says_so()
    {
        using var recognizer = MadeModel.Load();
        Should.Throw<ArgumentOutOfRangeException>(() => recognizer.OpenStream(999)).ParamName.ShouldBe("sampleRate");
        Should.Throw<ArgumentException>(() => recognizer.OpenStream(16_000, settings => settings with { HopMs = 0 })).Message.ShouldContain("HopMs 0");
        Should.Throw<ArgumentException>(() => recognizer.OpenStream(16_000, settings => settings with { Decision = new() { Thresholds = [new("left", 0.5)] } })).Message.ShouldContain("'left'");
    }

    private static ModelCard Calibrated(params CommandThreshold[] thresholds) =>
        MadeModel.Card with { Calibration = new Calibration(0.5, 2, "made") { Commands = thresholds, HopMs = 40, SmoothingMs = 200 } };

    private static (string Word, double Score) Most(Recognizer recognizer)
    {
        var clip = recognizer.Recognize(Tone);
        clip.Score.ShouldBeInRange(0.1, 0.65);
        return (clip.Best, clip.Score);
    }

    private static List<CommandEvent> Listen(Recognizer recognizer, Func<SpotterSettings, SpotterSettings>? adjust = null)
    {
        using var spotter = recognizer.OpenStream(16_000, adjust);
        return CommandSpotterTests.Hear(spotter, Tone);
    }
}
