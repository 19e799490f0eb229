using Mingling.Recognition.Streaming.Decisions;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>Measures labelled streams at any one threshold for all commands.</summary>
internal sealed class ThresholdScan(
    IReadOnlyList<(PosteriorTrack Track, IReadOnlyList<WordInterval> Words)> streams, DecisionSettings settings, MatchSettings matching)
{
    /// <summary>All thresholds at which something can change, rising, and 1.</summary>
    private readonly double[] _thresholds =
        [.. streams.SelectMany(stream => SmoothedPeaks.Find(stream.Track, settings)).Where(score => score > 0).Append(1).Distinct().Order()];

    /// <summary>The error rates at a threshold; null where no sound is left outside the words.</summary>
    public TradeOffPoint? At(double threshold)
    {
        var at = settings with { Threshold = threshold, Thresholds = [] };
        var report = StreamReport.Measure(
            [.. streams.Select(stream => (StreamMatch.Pair(stream.Words, stream.Track.Detect(at), matching), stream.Track.Seconds))]);
        return report is { SpeechFalseAlarmsPerHour: { } alarms, FalseRejectionRate: { } missed, WrongCommandRate: { } wrong }
            ? new TradeOffPoint(threshold, alarms, missed) { WrongCommandRate = wrong }
            : null;
    }

    /// <summary>The lowest threshold with at most this rate of false alarms, by bisection; null where even the largest has more.</summary>
    public TradeOffPoint? AtRate(double falseAlarmsPerHour)
    {
        TradeOffPoint? found = null;
        for (int low = 0, high = _thresholds.Length; low < high;)
        {
            int middle = (low + high) / 2;
            if (At(_thresholds[middle]) is { } point && point.FalseAlarmsPerHour <= falseAlarmsPerHour) (found, high) = (point, middle);
            else low = middle + 1;
        }

        return found;
    }

    /// <summary>
    /// At most <paramref name="most"/> points by rising threshold, at least 2: where there are more thresholds, the two ends, and then again and
    /// again one between the two that lie furthest apart, so that rare alarms have as many points as frequent ones.
    /// </summary>
    public IReadOnlyList<TradeOffPoint> Curve(int most)
    {
        if (_thresholds.Length <= most) return [.. _thresholds.Select(At).OfType<TradeOffPoint>()];
        var points = new SortedDictionary<int, TradeOffPoint>();
        var gaps = new PriorityQueue<(int Low, int High), double>();
        if (At(_thresholds[0]) is not { } lowest || At(_thresholds[^1]) is not { } highest) return [];
        (points[0], points[_thresholds.Length - 1]) = (lowest, highest);
        Enqueue(0, _thresholds.Length - 1);
        while (points.Count < most && gaps.TryDequeue(out var gap, out _))
        {
            int middle = (gap.Low + gap.High) / 2;
            points[middle] = At(_thresholds[middle])!;
            Enqueue(gap.Low, middle);
            Enqueue(middle, gap.High);
        }

        return [.. points.Values];

        void Enqueue(int low, int high)
        {
            if (high - low > 1) gaps.Enqueue((low, high), -Distance(points[low], points[high]));
        }
    }

    /// <summary>How far two points lie apart in a picture: a factor of ten in the rate, counted from one alarm in ten hours, is as far as a tenth of the words.</summary>
    private static double Distance(TradeOffPoint one, TradeOffPoint other) => Math.Max(
        10 * Math.Abs(one.FalseRejectionRate - other.FalseRejectionRate),
        Math.Abs(Math.Log10((one.FalseAlarmsPerHour + 0.1) / (other.FalseAlarmsPerHour + 0.1))));
}
