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

    [Theory]
    [InlineData(9.89, false)]
    [InlineData(9.9, true)]
    [InlineData(11, true)]
    [InlineData(11.01, false)]
    public void StreamMatch_takes_a_detection_from_shortly_before_the_word_to_shortly_after_it(double time, bool hit)
    {
        var match = StreamMatch.Pair([Go], [new("go", time, 1)]);
        (match.Hits.Count, match.Missed.Count, match.FalseAlarms.Count).ShouldBe(hit ? (1, 0, 0) : (0, 1, 1));
    }

    [Fact]
    public void StreamMatch_of_a_wrong_command_within_a_word_is_a_false_alarm_and_a_miss()
    {
        var match = StreamMatch.Pair([Go], [new("no", 10.3, 1)]);
        (match.Hits.Count, match.Missed.Single(), match.FalseAlarms.Single().Word).ShouldBe((0, Go, "no"));
    }

    [Fact]
    public void StreamMatch_of_a_second_hit_is_a_false_alarm_and_hides_no_miss()
    {
        var later = new WordInterval(20, 20.5, "go");
        var match = StreamMatch.Pair([Go, later], [new("go", 10.2, 1), new("go", 10.6, 1)]);
        (match.Hits.Count, match.Missed.Single(), match.FalseAlarms.Single().Time).ShouldBe((1, later, 10.6));
    }

    [Fact]
    public void StreamMatch_on_anything_finds_as_many_pairs_as_there_can_be_and_each_once() =>
        Gen.Select(Intervals, Detections).Sample(
            (intervals, detections) =>
            {
                var match = StreamMatch.Pair(intervals, detections);
                match.Hits.Count.ShouldBe(MostPairs([.. intervals], [.. detections]));
                (match.Hits.Count + match.Missed.Count).ShouldBe(intervals.Length);
                (match.Hits.Count + match.FalseAlarms.Count).ShouldBe(detections.Length);
                match.Hits.ShouldAllBe(hit => hit.Interval.Word == hit.Detection.Word && StreamMatch.Covers(hit.Interval, hit.Detection.Time));
                match.Hits.Select(hit => hit.Interval).Distinct(ReferenceEqualityComparer.Instance).Count().ShouldBe(match.Hits.Count);
            },
            iter: 3000);

    [Fact]
    public void StreamReport_counts_events_rates_and_latencies()
    {
        WordInterval[] words = [new(0, 1, "go"), new(100, 101, "go"), new(200, 201, "no"), new(300, 301, "no")];
        Detection[] detections = [new("go", 1.2, 1), new("go", 101.4, 1), new("no", 200.9, 1), new("go", 300.5, 1), new("no", 250, 1)];
        var report = StreamReport.Measure(StreamMatch.Pair(words, detections), 3603);
        (report.Words, report.Missed, report.FalseAlarms).ShouldBe((4, 1, 2));
        report.Hours.ShouldBe(1, 1e-9);
        report.FalseRejectionRate.ShouldBe(0.25);
        report.FalseAlarmsPerHour!.Value.ShouldBe(2, 1e-9);
        report.LatencyMedian!.Value.ShouldBe(0.2, 1e-9);
        report.Latency95!.Value.ShouldBe(0.4, 1e-9);
    }

    [Fact]
    public void StreamReport_takes_hours_from_the_stream_itself_and_detected_words_from_them_once()
    {
        // Two words that overlap take the time of their union.
        WordInterval[] words = [new(0, 3600, "go"), new(1800, 5400, "no")];
        Detection[] both = [new("go", 100, 1), new("no", 2000, 1)];
        StreamReport.Measure(StreamMatch.Pair(words, both), 7200).Hours.ShouldBe(0.5, 1e-9);
        StreamReport.Measure(StreamMatch.Pair(words, []), 7200).Hours.ShouldBe(2, 1e-9);
        StreamReport.Measure([(StreamMatch.Pair(words, both), 7200), (StreamMatch.Pair([], []), 3600)]).Hours.ShouldBe(1.5, 1e-9);
        var nothing = StreamReport.Measure(StreamMatch.Pair([], []), 0);
        (nothing.FalseRejectionRate, nothing.FalseAlarmsPerHour, nothing.LatencyMedian).ShouldBe((null, null, null));
    }

    /// <summary>The largest matching, by trying everything.</summary>
    private static int MostPairs(List<WordInterval> intervals, List<Detection> detections)
    {
        if (detections.Count == 0) return 0;
        var detection = detections[0];
        var rest = detections[1..];
        int most = MostPairs(intervals, rest);
        for (int i = 0; i < intervals.Count; i++)
        {
            if (intervals[i].Word != detection.Word || !StreamMatch.Covers(intervals[i], detection.Time)) continue;
            most = Math.Max(most, 1 + MostPairs([.. intervals.Where((_, j) => j != i)], rest));
        }

        return most;
    }
}
