namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>How well commands were detected in labelled streams with one set of thresholds.</summary>
/// <param name="Words">The words that were said.</param>
/// <param name="Missed">Those that were not detected.</param>
/// <param name="FalseAlarms">Detections that match no word, counted as events.</param>
/// <param name="Hours">The sound outside the words that were detected, in hours.</param>
/// <param name="LatencyMedian">From a word's end to its detection in seconds, the median; negative where it was detected before its end, null without a hit.</param>
/// <param name="Latency95">The same, the 95th percentile (nearest rank).</param>
public sealed record StreamReport(int Words, int Missed, int FalseAlarms, double Hours, double? LatencyMedian, double? Latency95)
{
    /// <summary>The share of words that were missed; null where none was said.</summary>
    public double? FalseRejectionRate => Words == 0 ? null : (double)Missed / Words;

    /// <summary>False alarms per hour of sound outside the detected words; null where there is none.</summary>
    public double? FalseAlarmsPerHour => Hours > 0 ? FalseAlarms / Hours : null;

    /// <summary>The 95 % interval of the rate that this count allows.</summary>
    public PoissonInterval FalseAlarmInterval => PoissonInterval.FromCount(FalseAlarms, Hours);

    /// <summary>Measures one stream.</summary>
    /// <param name="match">Its detections and words.</param>
    /// <param name="seconds">Its length in seconds.</param>
    public static StreamReport Measure(StreamMatch match, double seconds) => Measure([(match, seconds)]);

    /// <summary>Measures several streams together.</summary>
    /// <param name="streams">The detections and words of each, and its length in seconds.</param>
    public static StreamReport Measure(IReadOnlyList<(StreamMatch Match, double Seconds)> streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        double[] latencies = [.. streams.SelectMany(s => s.Match.Hits).Select(hit => hit.Detection.Time - hit.Interval.End).Order()];
        return new StreamReport(
            streams.Sum(s => s.Match.Hits.Count + s.Match.Missed.Count),
            streams.Sum(s => s.Match.Missed.Count),
            streams.Sum(s => s.Match.FalseAlarms.Count),
            streams.Sum(s => s.Seconds - Covered(s.Match, s.Seconds)) / 3600,
            Percentile(latencies, 0.5),
            Percentile(latencies, 0.95));
    }

    /// <summary>The length of the union of the detected intervals, which may overlap.</summary>
    private static double Covered(StreamMatch match, double seconds)
    {
        double covered = 0, reached = 0;
        foreach (var interval in match.Hits.Select(hit => hit.Interval).OrderBy(interval => interval.Start))
        {
            double end = Math.Min(interval.End, seconds);
            covered += Math.Max(0, end - Math.Max(interval.Start, reached));
            reached = Math.Max(reached, end);
        }

        return covered;
    }

    private static double? Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
