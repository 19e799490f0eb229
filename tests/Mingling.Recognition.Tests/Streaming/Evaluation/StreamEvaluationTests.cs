using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public class StreamEvaluationTests
{
    private static readonly float[] Stream =
    [
        .. Sound.Noise(2, 0.001), .. Sound.Tone(ToneModel.LowHz, 0.5), .. Sound.Noise(2, 0.001, 2), .. Sound.Tone(ToneModel.HighHz, 0.5),
        .. Sound.Noise(2, 0.001, 3), .. Sound.Tone(ToneModel.LowHz, 0.12), .. Sound.Noise(2, 0.001, 4), .. Sound.Tone(ToneModel.HighHz, 0.2), .. Sound.Noise(2, 0.001, 5),
    ];

    /// <summary>The third word is short and therefore weak; the fourth, stronger one, is none.</summary>
    private static readonly WordInterval[] Words = [new(2, 2.5, "low"), new(4.5, 5, "high"), new(7, 7.12, "low")];

    private static readonly AudioClip Clip = new(Stream, Sound.Rate);

    [Fact]
    public void StreamEvaluation_trades_misses_for_false_alarms()
    {
        var track = PosteriorTrack.Record(new ToneModel(), Clip, new SpotterSettings());
        var evaluation = StreamEvaluation.Measure([(track, Words)], new DecisionSettings { Threshold = 0.9 });
        (evaluation.AtThresholds.Words, evaluation.AtThresholds.Missed, evaluation.AtThresholds.FalseAlarms).ShouldBe((3, 1, 0));
        evaluation.FalseRejectionRateAt(0.1).ShouldBe(1 / 3.0);
        evaluation.FalseRejectionRateAt(1e6).ShouldBe(0);
        evaluation.Curve.Select(point => point.Threshold).ShouldBeInOrder();
        evaluation.Curve.Select(point => point.FalseRejectionRate).ShouldBeInOrder();
        evaluation.Curve[0].FalseAlarmsPerHour.ShouldBeGreaterThan(evaluation.Curve[^1].FalseAlarmsPerHour);
        foreach (var point in evaluation.Curve)
        {
            var detections = track.Detect(new DecisionSettings { Threshold = point.Threshold });
            StreamReport.Measure(StreamMatch.Pair(Words, detections), track.Seconds).FalseRejectionRate.ShouldBe(point.FalseRejectionRate);
        }
    }

    [Fact]
    public void FalseRejectionRateAt_of_a_stream_with_more_scores_than_the_curve_has_points_is_that_of_all_thresholds()
    {
        var random = new Random(4);
        var words = new List<WordInterval>();
        float[] stream = Sound.Noise(2, 0.001);
        for (int i = 0; i < 12; i++)
        {
            double length = 0.1 + (0.2 * random.NextDouble()), start = stream.Length / (double)Sound.Rate;
            if (i % 3 != 0) words.Add(new(start, start + length, i % 2 == 0 ? "low" : "high"));
            stream = [.. stream, .. Sound.Tone(i % 2 == 0 ? ToneModel.LowHz : ToneModel.HighHz, length), .. Sound.Noise(2, 0.001, i)];
        }

        var track = PosteriorTrack.Record(new ToneModel(), new AudioClip(stream, Sound.Rate), new SpotterSettings());
        var settings = new DecisionSettings();
        var scan = new ThresholdScan([(track, words)], settings, new MatchSettings());
        var all = scan.Curve(int.MaxValue);
        all.Count.ShouldBeGreaterThan(10);
        foreach (int most in new[] { 2, 4, 9, all.Count })
        {
            var some = scan.Curve(most);
            some.Count.ShouldBe(most);
            some.ShouldBeSubsetOf(all);
            some.Select(point => point.Threshold).ShouldBeInOrder(SortDirection.Ascending);
            (some[0], some[^1]).ShouldBe((all[0], all[^1]));
        }

        foreach (double rate in new[] { 0, 0.5, 100, 200, 300, 1e6 })
        {
            double expected = all.Where(point => point.FalseAlarmsPerHour <= rate).Min(point => point.FalseRejectionRate);
            scan.AtRate(rate)!.FalseRejectionRate.ShouldBe(expected);
            StreamEvaluation.Measure([(track, words)], settings).FalseRejectionRateAt(rate).ShouldBe(expected);
        }
    }

    [Fact]
    public void PosteriorTrack_detects_what_a_spotter_reports()
    {
        foreach (double threshold in new[] { 0.3, 0.5, 0.8 })
        {
            var settings = new SpotterSettings { Decision = new DecisionSettings { Threshold = threshold } };
            var events = CommandSpotterTests.Hear(new CommandSpotter(new ToneModel(), Sound.Rate, settings), Stream);
            PosteriorTrack.Record(new ToneModel(), Clip, settings).Detect(settings.Decision).ShouldBe(events.Select(Detection.FromEvent));
        }
    }

    [Fact]
    public void StreamEvaluation_of_what_cannot_be_judged_says_so()
    {
        var track = PosteriorTrack.Record(new ToneModel(), Clip, new SpotterSettings());
        Should.Throw<ArgumentException>(() => StreamEvaluation.Measure([], new())).Message.ShouldStartWith("There is no stream");
        Should.Throw<ArgumentException>(() => StreamEvaluation.Measure([(track, [])], new())).Message.ShouldStartWith("No word is labelled");
        Should.Throw<ArgumentException>(() => StreamEvaluation.Measure([(track, [new(1, 2, "_unknown_")])], new())).Message.ShouldStartWith("No word is labelled");
        Should.Throw<ArgumentException>(() => StreamEvaluation.Measure([(track, [new(1, 2, "up")])], new())).Message.ShouldStartWith("'up' at 1.00 s is no command");
        Should.Throw<ArgumentException>(() => StreamEvaluation.Measure([(track, [new(50, 51, "low")])], new())).Message
            .ShouldBe("'low' at 50.00 s ends at 51.00 s, after the stream, which lasts 11.32 s; these may be the labels of another one.");
        var brief = PosteriorTrack.Record(new ToneModel(), new AudioClip(Sound.Tone(ToneModel.LowHz, 0.5), Sound.Rate), new SpotterSettings());
        Should.Throw<ArgumentException>(() => StreamEvaluation.Measure([(brief, [new(0, 0.5, "low")])], new())).Message
            .ShouldBe("The stream lasts 0.50 s, less than the model's window of 1.00 s; give a longer one.");
    }
}
