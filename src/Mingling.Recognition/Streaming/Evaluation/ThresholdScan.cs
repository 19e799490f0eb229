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

    /// <summary>At most <paramref name="most"/> of the thresholds, evenly spaced by rank, the largest among them.</summary>
    public IEnumerable<double> Thinned(int most)
    {
        int every = Math.Max(1, (int)Math.Ceiling((_thresholds.Length - 1.0) / (most - 1)));
        return _thresholds.Where((_, i) => i % every == 0 || i == _thresholds.Length - 1);
    }
}
