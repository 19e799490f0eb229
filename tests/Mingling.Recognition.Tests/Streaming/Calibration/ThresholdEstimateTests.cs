using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Streaming.Calibration;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Calibration;

public class ThresholdEstimateTests
{
    private const double Lowest = -1.5, Mean = 0.6, StepSeconds = 0.08;
    private static readonly DecisionSettings Settings = new() { SmoothingMs = 160 };

    /// <summary>Peaks whose log odds are distributed exponentially: of 1,125 an hour, one passes −1.5 + 0.6 ln 1125.</summary>
    [Fact]
    public void Find_continues_the_tail_of_what_can_be_counted()
    {
        double[] errors = [.. Enumerable.Range(1, 4).Select(seed =>
        {
            double found = ThresholdEstimate.Find([Record(seed, seconds: 700)], Settings, 1).ShouldNotBeNull();
            return LogOdds(found) - (Lowest + Mean * Math.Log(1125));
        })];
        errors.Average().ShouldBe(0, 0.4);
        errors.ShouldAllBe(error => Math.Abs(error) < 1);
    }

    [Fact]
    public void Find_counts_where_it_can_and_wants_less_for_fewer_alarms()
    {
        var track = Record(5, seconds: 900);
        double[] thresholds = [.. new[] { 200.0, 40, 20, 5, 1, 0.1 }.Select(rate => ThresholdEstimate.Find([track], Settings, rate)!.Value)];
        thresholds.ShouldBe(thresholds.Order());
        // 200 and 40 an hour are 50 and 10 events in this quarter of an hour.
        foreach (var (threshold, most) in new[] { (thresholds[0], 50), (thresholds[1], 10) })
            track.Detect(Settings with { Threshold = threshold }).Count.ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public void Find_tells_nothing_of_sound_in_which_nothing_is_heard()
    {
        ThresholdEstimate.Find([Record(1, seconds: 20, peaks: false)], Settings, 1).ShouldBeNull();
        ThresholdEstimate.Find([], Settings, 1).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => ThresholdEstimate.Find([], Settings, 0));
    }

    private static PosteriorTrack Record(int seed, double seconds, bool peaks = true) =>
        PosteriorTrack.Record(new ScriptedModel(seed, peaks), new AudioClip(Sound.Noise(seconds, 0.1), Sound.Rate), new SpotterSettings { HopMs = 1000 * StepSeconds, Gate = null });

    private static double LogOdds(double threshold) => Math.Log(threshold / (1 - threshold));

    /// <summary>Says a word for six of every forty steps, with a score of its own.</summary>
    private sealed class ScriptedModel(int seed, bool peaks) : IPosteriorModel
    {
        private readonly Random _random = new(seed);
        private int _step;
        private double _score;

        public IReadOnlyList<string> Classes { get; } = ["word", "_unknown_"];

        public FeatureSettings Features { get; } = FeatureSettings.LogMel40;

        public int WindowSamples => Features.SampleRate;

        public int EmbeddingSize => 1;

        public void Run(ReadOnlySpan<float> features, Span<float> posteriors, Span<float> embedding)
        {
            if (_step++ % 40 == 0) _score = 1 / (1 + Math.Exp(-(Lowest - Mean * Math.Log(1 - _random.NextDouble()))));
            posteriors[0] = peaks && _step % 40 is > 0 and <= 6 ? (float)_score : 0;
            posteriors[1] = 1 - posteriors[0];
        }
    }
}
