namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>
/// Pairs detections with the words that were said. A detection of word c at time t is a hit when it can be given an interval of c of its own
/// with start − 0.1 s ≤ t ≤ end + 0.5 s. All others are false alarms, among them second hits of one word and wrong words within one. Intervals
/// without a detection are missed.
/// </summary>
/// <remarks>
/// In the order of time, each detection takes the interval that ends first among the free ones that cover it. This gives the largest possible
/// number of pairs.
/// </remarks>
public sealed class StreamMatch
{
    /// <summary>How long before a word's start a detection may come, in seconds.</summary>
    public const double EarlySeconds = 0.1;

    /// <summary>How long after a word's end a detection may come, in seconds.</summary>
    public const double LateSeconds = 0.5;

    // Rounding of the last bit must not decide about a time that lies on a limit.
    private const double Hair = 1e-9;

    private StreamMatch(List<(WordInterval, Detection)> hits, List<WordInterval> missed, List<Detection> falseAlarms) =>
        (Hits, Missed, FalseAlarms) = (hits, missed, falseAlarms);

    /// <summary>The words that were detected, each with its detection.</summary>
    public IReadOnlyList<(WordInterval Interval, Detection Detection)> Hits { get; }

    /// <summary>The words that were not detected.</summary>
    public IReadOnlyList<WordInterval> Missed { get; }

    /// <summary>The detections that match no word.</summary>
    public IReadOnlyList<Detection> FalseAlarms { get; }

    /// <summary>Pairs detections with intervals.</summary>
    /// <param name="intervals">The words that were said, in any order.</param>
    /// <param name="detections">What was detected, in any order.</param>
    public static StreamMatch Pair(IEnumerable<WordInterval> intervals, IEnumerable<Detection> detections)
    {
        List<WordInterval> free = [.. intervals.OrderBy(interval => interval.End)];
        List<(WordInterval, Detection)> hits = [];
        List<Detection> falseAlarms = [];
        foreach (var detection in detections.OrderBy(detection => detection.Time))
        {
            int found = free.FindIndex(interval => interval.Word == detection.Word && Covers(interval, detection.Time));
            if (found < 0)
            {
                falseAlarms.Add(detection);
                continue;
            }

            hits.Add((free[found], detection));
            free.RemoveAt(found);
        }

        return new StreamMatch(hits, [.. free.OrderBy(interval => interval.Start)], falseAlarms);
    }

    /// <summary>Whether a detection at this time may be one of the interval's word.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="time">The time in seconds.</param>
    public static bool Covers(WordInterval interval, double time)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return time >= interval.Start - EarlySeconds - Hair && time <= interval.End + LateSeconds + Hair;
    }
}
