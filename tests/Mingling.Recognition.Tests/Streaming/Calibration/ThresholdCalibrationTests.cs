using CsCheck;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Calibration;

public class ThresholdCalibrationTests
{
    private static readonly DecisionSettings Settings = new() { Gap = 0.05, Threshold = 0.5 };

    [Fact]
    public void ThresholdCalibration_on_any_background_meets_its_target_with_the_lowest_thresholds() =>
        Gen.Select(Gen.Double[0.05, 0.26].Array[1, 8], Gen.Int[0, 6]).Sample(
            (lengths, allowed) =>
            {
                var track = Background(lengths);
                double hours = track.Seconds / 3600, target = Math.Max(0.01, 2 * (allowed + 0.5)) / hours;
                var calibration = ThresholdCalibration.Find([track], Settings, target);
                calibration.Hours.ShouldBe(hours);
                foreach (var command in calibration.Commands)
                {
                    command.MeetsTarget.ShouldBeTrue();
                    command.FalseAlarms.ShouldBeLessThanOrEqualTo(allowed);
                    command.Threshold.FalseAlarmsPerHour!.Value.ShouldBe(command.FalseAlarms / hours);
                    command.Threshold.Threshold.ShouldBeInRange(Settings.Threshold, 1);
                    if (command.Threshold.Threshold > Settings.Threshold + 0.001)
                        Alone(track, command.Threshold with { Threshold = command.Threshold.Threshold - 0.001 }).ShouldBeGreaterThan(allowed);
                }

                calibration.FalseAlarms.ShouldBe(track.Detect(Settings with { Thresholds = calibration.Thresholds }).Count);
                calibration.FalseAlarms.ShouldBeLessThanOrEqualTo(2 * allowed);
                // Whoever sets the same thresholds by hand is told the same.
                var measured = ThresholdCalibration.Measure([track], Settings, calibration.Thresholds, calibration.TargetPerHour);
                measured.Commands.ShouldBe(calibration.Commands);
                (measured.FalseAlarms, measured.Tuned, measured.Claim).ShouldBe((calibration.FalseAlarms, calibration.Tuned, calibration.Claim));
                foreach (var command in calibration.Commands)
                {
                    var looser = ThresholdCalibration.Measure([track], Settings, [command.Threshold with { Threshold = command.Threshold.Threshold / 2 }], 1);
                    looser.Commands.Single(other => other.Threshold.Command == command.Threshold.Command).FalseAlarms.ShouldBe(Alone(track, command.Threshold with { Threshold = command.Threshold.Threshold / 2 }));
                }
            },
            iter: 10);

    [Fact]
    public void ThresholdCalibration_claims_no_more_than_the_hours_prove()
    {
        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(Sound.Noise(36, 0.01), Sound.Rate), new SpotterSettings());
        var calibration = ThresholdCalibration.Find([track], Settings, 0.5);
        calibration.FalseAlarms.ShouldBe(0);
        calibration.Claim.ShouldBe("0 false alarms in 0.01 hours prove fewer than 299.573 per hour (95 %). The target of 0.5 per hour is proved by 6 hours without any.");
        calibration.Commands.ShouldAllBe(command => command.Threshold.FalseAlarmsPerHourAtMost > 299);
        ThresholdCalibration.Find([track], Settings, 400).Claim.ShouldBe("0 false alarms in 0.01 hours prove fewer than 299.573 per hour (95 %).");
    }

    [Fact]
    public void ThresholdCalibration_refuses_a_threshold_that_is_none()
    {
        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(Sound.Noise(2, 0.01), Sound.Rate), new SpotterSettings());
        foreach (double wrong in new[] { 0, -1, 1.01, double.NaN })
            Should.Throw<ArgumentException>(() => ThresholdCalibration.Measure([track], Settings, [new CommandThreshold("high", wrong)], 1)).Message.ShouldContain("above 0 and at most 1");
    }

    [Fact]
    public void ThresholdCalibration_of_a_command_that_always_fires_says_that_the_target_is_not_met()
    {
        var calibration = ThresholdCalibration.Find([PosteriorTrack.Record(new StubbornModel(), new AudioClip(Sound.Noise(10, 0.1), Sound.Rate), new SpotterSettings())], Settings, 1);
        var stubborn = calibration.Commands.Single();
        (stubborn.MeetsTarget, stubborn.Threshold.Threshold).ShouldBe((false, 1));
        stubborn.FalseAlarms.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void ThresholdCalibration_without_sound_or_target_says_so()
    {
        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(Sound.Noise(2, 0.1), Sound.Rate), new SpotterSettings());
        Should.Throw<ArgumentException>(() => ThresholdCalibration.Find([], Settings, 1)).Message.ShouldStartWith("There is no sound");
        Should.Throw<ArgumentException>(() => ThresholdCalibration.Find([track], Settings, 0)).Message.ShouldStartWith("The rate of false alarms is above 0");
        var other = PosteriorTrack.Record(new StubbornModel(), new AudioClip(Sound.Noise(2, 0.1), Sound.Rate), new SpotterSettings());
        Should.Throw<ArgumentException>(() => ThresholdCalibration.Find([track, other], Settings, 1)).Message.ShouldStartWith("The tracks were recorded with different models");
    }

    [Fact]
    public void ThresholdCalibration_takes_a_commands_own_threshold_for_its_lowest()
    {
        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(Sound.Noise(36, 0.01), Sound.Rate), new SpotterSettings());
        var calibration = ThresholdCalibration.Find([track], Settings with { Threshold = 0.7, Thresholds = [new("high", 0.4)] }, 0.5);
        calibration.Thresholds.Select(own => (own.Command, own.Threshold)).ShouldBe([("low", 0.7), ("high", 0.4)]);
        calibration.Tuned.ShouldBe(0);
    }

    [Fact]
    public void ThresholdCalibration_of_several_tuned_commands_claims_less_than_the_count_alone()
    {
        var track = Background([0.2, 0.2, 0.2, 0.2]);
        var calibration = ThresholdCalibration.Find([track], Settings with { Threshold = 0.3 }, 1);
        (calibration.Tuned, calibration.FalseAlarms).ShouldBe((2, 0));
        calibration.Interval.AtMost.ShouldBe(PoissonInterval.FromCount(1, calibration.Hours).AtMost);
        calibration.Interval.Lower.ShouldBe(0);
        calibration.Claim.ShouldContain("(95 %), with 2 thresholds found on the same sound. The target of 1 per hour is proved by 4.7 hours without any.");
    }

    private static int Alone(PosteriorTrack track, CommandThreshold threshold) =>
        track.CountAlone(track.Classes.Index().First(c => c.Item == threshold.Command).Index, Settings with { Thresholds = [threshold], OtherRefractoryMs = 0 });

    /// <summary>Tones that are no words, of different lengths and therefore scores.</summary>
    private static PosteriorTrack Background(double[] lengths)
    {
        float[] stream = Sound.Noise(1.5, 0.001);
        foreach ((int i, double length) in lengths.Index())
            stream = [.. stream, .. Sound.Tone(i % 2 == 0 ? ToneModel.LowHz : ToneModel.HighHz, length), .. Sound.Noise(2, 0.001, i)];
        return PosteriorTrack.Record(new ToneModel(), new AudioClip(stream, Sound.Rate), new SpotterSettings());
    }

    private sealed class StubbornModel : IPosteriorModel
    {
        public IReadOnlyList<string> Classes { get; } = ["yes", "_unknown_"];

        public FeatureSettings Features => FeatureSettings.LogMel40;

        public int WindowSamples => 16_000;

        public int EmbeddingSize => 1;

        public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding) => (posteriors[0], posteriors[1]) = (1, 0);
    }
}
