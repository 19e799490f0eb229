using CsCheck;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Tests.Streaming.Evaluation;

public class StreamMatchTests
{
    private static readonly WordInterval Go = new(10, 10.5, "go");

    private static readonly Gen<WordInterval[]> Intervals =
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 12], Gen.Int[0, 1], (start, length, word) => new WordInterval(start / 10.0, (start + length) / 10.0, word == 0 ? "go" : "no"))
            .Array[0, 5];

    private static readonly Gen<Detection[]> Detections =
        Gen.Select(Gen.Int[0, 80], Gen.Int[0, 1], (time, word) => new Detection(word == 0 ? "go" : "no", time / 10.0, 1)).Array[0, 5];

    private static readonly MatchSettings Half = new() { ToleranceSeconds = 0.5, LateSeconds = 0 };

    [Theory]
    [InlineData(9.89, 0.5, false)]
    [InlineData(9.9, 0.5, true)]
    [InlineData(11, 0.5, true)]
    [InlineData(11.01, 0.5, false)]
    [InlineData(11.5, 1, true)]
    [InlineData(11.51, 1, false)]
    public void StreamMatch_takes_a_detection_from_shortly_before_the_word_to_the_tolerance_after_it(double time, double tolerance, bool hit)
    {
        var match = StreamMatch.Pair([Go], [new("go", time, 1)], new MatchSettings { ToleranceSeconds = tolerance, LateSeconds = 0 });
        (match.Hits.Count, match.Missed.Count, match.FalseAlarms.Count).ShouldBe(hit ? (1, 0, 0) : (0, 1, 1));
    }

    [Fact]
    public void StreamMatch_of_a_wrong_command_within_a_word_is_wrong_and_a_miss()
    {
        var match = StreamMatch.Pair([Go], [new("no", 10.3, 1)]);
        (match.Hits.Count, match.Missed.Single(), match.FalseAlarms.Count).ShouldBe((0, Go, 0));
        (match.Wrong.Single().Interval, match.Wrong.Single().Detection.Word).ShouldBe((Go, "no"));
    }

    [Fact]
    public void StreamMatch_of_a_second_hit_is_repeated_and_hides_no_miss()
    {
        var later = new WordInterval(20, 20.5, "go");
        var match = StreamMatch.Pair([Go, later], [new("go", 10.2, 1), new("go", 10.6, 1)]);
        (match.Hits.Count, match.Missed.Single(), match.FalseAlarms.Count).ShouldBe((1, later, 0));
        (match.Repeated.Single().Interval, match.Repeated.Single().Detection.Time).ShouldBe((Go, 10.6));
    }

    [Fact]
    public void StreamMatch_of_a_hit_after_the_tolerance_is_late_and_a_miss()
    {
        var match = StreamMatch.Pair([Go], [new("go", 11.6, 1), new("go", 11.7, 1)]);
        (match.Hits.Count, match.Missed.Single(), match.Late.Single().Detection.Time, match.FalseAlarms.Single().Time).ShouldBe((0, Go, 11.6, 11.7));
    }

    [Fact]
    public void StreamMatch_misses_no_other_speech_and_calls_what_is_heard_in_it_a_false_alarm()
    {
        var speech = new WordInterval(30, 33, "_unknown_");
        var match = StreamMatch.Pair([speech, Go], [new("go", 31, 1)]);
        (match.Missed.Single(), match.OtherSpeech.Single(), match.FalseAlarms.Single().Time).ShouldBe((Go, speech, 31));
    }

    [Fact]
    public void MatchSettings_out_of_range_name_everything_that_is() =>
        Should.Throw<ArgumentException>(() => StreamMatch.Pair([], [], new MatchSettings { EarlySeconds = -1, ToleranceSeconds = double.NaN })).Message
            .ShouldBe("The match settings are wrong: EarlySeconds -1 is outside 0…10; ToleranceSeconds NaN is outside 0…10.");

    // Shouldly compiles a condition at each call, which takes a hundred times as long as asking it.
    [Fact]
    public void StreamMatch_on_anything_finds_as_many_pairs_as_there_can_be_and_each_once() =>
        Gen.Select(Intervals, Detections).Sample(
            (intervals, detections) =>
            {
                foreach (var settings in new[] { Half, new MatchSettings() })
                {
                    var match = StreamMatch.Pair(intervals, detections, settings);
                    match.Hits.Count.ShouldBe(MostPairs([.. intervals], [.. detections], settings));
                    (match.Hits.Count + match.Missed.Count).ShouldBe(intervals.Length);
                    (match.Hits.Count + match.Late.Count + match.Repeated.Count + match.Wrong.Count + match.FalseAlarms.Count).ShouldBe(detections.Length);
                    match.Hits.All(hit => hit.Interval.Word == hit.Detection.Word && settings.Covers(hit.Interval, hit.Detection.Time)).ShouldBeTrue();
                    match.Hits.Select(hit => hit.Interval).Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(match.Hits.Count);
                }
            },
            iter: 3000);

    [Fact]
    public void StreamMatch_on_anything_says_of_each_detection_what_its_definition_says() =>
        Gen.Select(Intervals, Detections).Sample(
            (intervals, detections) =>
            {
                var settings = new MatchSettings { ToleranceSeconds = 0.4, LateSeconds = 0.7 };
                var match = StreamMatch.Pair(intervals, detections, settings);
                var hit = Set(match.Hits.Select(pair => pair.Interval));
                var late = Set(match.Late.Select(pair => pair.Interval));
                late.Count.ShouldBe(match.Late.Count);
                match.Late.All(pair => pair.Interval.Word == pair.Detection.Word && !hit.Contains(pair.Interval) && Within(pair.Detection.Time, pair.Interval.End + 0.4, pair.Interval.End + 1.1)).ShouldBeTrue();
                match.Repeated.All(pair => pair.Interval.Word == pair.Detection.Word && hit.Contains(pair.Interval) && Within(pair.Detection.Time, pair.Interval.Start - 0.1, pair.Interval.End + 1.1)).ShouldBeTrue();
                match.Wrong.All(pair => pair.Interval.Word != pair.Detection.Word && Within(pair.Detection.Time, pair.Interval.Start - 0.1, pair.Interval.End + 0.4)).ShouldBeTrue();
                foreach (var alarm in match.FalseAlarms)
                {
                    intervals.Any(said => said.Word != alarm.Word && Within(alarm.Time, said.Start - 0.1, said.End + 0.4)).ShouldBeFalse();
                    intervals.Any(said => said.Word == alarm.Word && hit.Contains(said) && Within(alarm.Time, said.Start - 0.1, said.End + 1.1)).ShouldBeFalse();
                    intervals.Any(said => said.Word == alarm.Word && !hit.Contains(said) && !late.Contains(said) && Within(alarm.Time, said.Start - 0.1, said.End + 1.1)).ShouldBeFalse();
                }
                // What comes first in the list of definitions wins.
                match.Wrong.Concat(match.Repeated).All(pair => !intervals.Any(said =>
                    said.Word == pair.Detection.Word && !hit.Contains(said) && !late.Contains(said) && Within(pair.Detection.Time, said.End + 0.4, said.End + 1.1))).ShouldBeTrue();
                match.Wrong.All(pair => !intervals.Any(said =>
                    said.Word == pair.Detection.Word && hit.Contains(said) && Within(pair.Detection.Time, said.Start - 0.1, said.End + 1.1))).ShouldBeTrue();
            },
            iter: 3000);

    [Fact]
    public void StreamReport_counts_events_rates_and_latencies()
    {
        WordInterval[] words = [new(0, 1, "go"), new(100, 101, "go"), new(200, 201, "no"), new(300, 301, "no")];
        Detection[] detections = [new("go", 1.2, 1), new("go", 101.4, 1), new("no", 200.9, 1), new("go", 300.5, 1), new("no", 250, 1)];
        // Four words with half a second after and, but for the one at the very start, a tenth before them.
        var report = StreamReport.Measure(StreamMatch.Pair(words, detections, Half), 3606.3);
        (report.Words, report.Missed, report.FalseAlarms, report.WrongCommands).ShouldBe((4, 1, 1, 1));
        report.Hours.ShouldBe(1, 1e-9);
        report.FalseRejectionRate.ShouldBe(0.25);
        report.WrongCommandRate.ShouldBe(0.25);
        report.FalseAlarmsPerHour!.Value.ShouldBe(1, 1e-9);
        report.SpeechFalseAlarmsPerHour.ShouldBe(report.FalseAlarmsPerHour);
        (report.SpeechHours, report.SpeechFalseAlarms).ShouldBe((null, null));
        report.LatencyMedian!.Value.ShouldBe(0.2, 1e-9);
        report.Latency95!.Value.ShouldBe(0.4, 1e-9);
    }

    [Fact]
    public void StreamReport_takes_hours_from_the_stream_itself_and_the_places_of_words_from_them_once()
    {
        var exact = new MatchSettings { EarlySeconds = 0, ToleranceSeconds = 0 };
        // Two words that overlap take the time of their union, whether they were heard or not.
        WordInterval[] words = [new(0, 3600, "go"), new(1800, 5400, "no")];
        Detection[] both = [new("go", 100, 1), new("no", 2000, 1)];
        StreamReport.Measure(StreamMatch.Pair(words, both, exact), 7200).Hours.ShouldBe(0.5, 1e-9);
        StreamReport.Measure(StreamMatch.Pair(words, [], exact), 7200).Hours.ShouldBe(0.5, 1e-9);
        StreamReport.Measure([(StreamMatch.Pair(words, both, exact), 7200), (StreamMatch.Pair([], []), 3600)]).Hours.ShouldBe(1.5, 1e-9);
        var nothing = StreamReport.Measure(StreamMatch.Pair([], []), 0);
        (nothing.FalseRejectionRate, nothing.FalseAlarmsPerHour, nothing.LatencyMedian).ShouldBe((null, null, null));
    }

    [Fact]
    public void StreamReport_counts_false_alarms_among_other_speech_by_the_hours_of_it()
    {
        // 3,600 s of other speech with the tolerance, of which a command takes 3.6 s.
        WordInterval[] words = [new(0, 3000, "_unknown_"), new(2900, 3599, "_unknown_"), new(1000, 1002.5, "go")];
        var report = StreamReport.Measure(StreamMatch.Pair(words, [new("go", 1001, 1), new("no", 500, 1), new("no", 3600, 1), new("no", 5000, 1)]), 7200);
        (report.FalseAlarms, report.SpeechFalseAlarms, report.Missed).ShouldBe((3, 2, 0));
        report.SpeechHours!.Value.ShouldBe(3596.4 / 3600, 1e-9);
        report.Hours.ShouldBe(7196.4 / 3600, 1e-9);
        report.SpeechFalseAlarmsPerHour!.Value.ShouldBe(2 * 3600 / 3596.4, 1e-9);
    }

    [Fact]
    public void Spans_on_anything_have_the_length_and_the_common_part_of_their_tenths() =>
        Gen.Select(Stretches, Stretches).Sample(
            (one, other) =>
            {
                Spans a = new(one.Select(s => (s.Start / 10.0, s.End / 10.0)), 5), b = new(other.Select(s => (s.Start / 10.0, s.End / 10.0)), 5);
                bool In((int Start, int End)[] stretches, int tenth) => stretches.Any(s => s.Start <= tenth && tenth < s.End);
                int[] tenths = [.. Enumerable.Range(0, 50)];
                a.Seconds.ShouldBe(tenths.Count(tenth => In(one, tenth)) / 10.0, 1e-9);
                a.CommonSeconds(b).ShouldBe(tenths.Count(tenth => In(one, tenth) && In(other, tenth)) / 10.0, 1e-9);
                foreach (int tenth in tenths) a.Contain((tenth / 10.0) + 0.05).ShouldBe(In(one, tenth));
            },
            iter: 1000);

    private static readonly Gen<(int Start, int End)[]> Stretches = Gen.Select(Gen.Int[-5, 55], Gen.Int[0, 20], (start, length) => (start, start + length)).Array[0, 6];

    private static HashSet<WordInterval> Set(IEnumerable<WordInterval> intervals) => new(intervals, ReferenceEqualityComparer.Instance);

    private static bool Within(double time, double from, double to) => time >= from - 1e-9 && time <= to + 1e-9;

    /// <summary>The largest matching, by trying everything.</summary>
    private static int MostPairs(List<WordInterval> intervals, List<Detection> detections, MatchSettings settings)
    {
        if (detections.Count == 0) return 0;
        var detection = detections[0];
        var rest = detections[1..];
        int most = MostPairs(intervals, rest, settings);
        for (int i = 0; i < intervals.Count; i++)
        {
            if (intervals[i].Word != detection.Word || !settings.Covers(intervals[i], detection.Time)) continue;
            most = Math.Max(most, 1 + MostPairs([.. intervals.Where((_, j) => j != i)], rest, settings));
        }

        return most;
    }
}
