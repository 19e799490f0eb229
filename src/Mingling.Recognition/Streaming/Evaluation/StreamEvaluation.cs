using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>How well commands are detected in labelled streams: at the given thresholds, and as a function of one threshold for all commands.</summary>
/// <param name="AtThresholds">The result at the thresholds that were given.</param>
/// <param name="Curve">The trade-off, by rising threshold; one point for each threshold at which something changes, thinned to 200 at most.</param>
public sealed record StreamEvaluation(StreamReport AtThresholds, IReadOnlyList<TradeOffPoint> Curve)
{
    private const int LargestCurve = 200;

    private ThresholdScan? Scan { get; init; }

    /// <summary>The rates at which the share of missed words is usually reported, in false alarms per hour.</summary>
    public static IReadOnlyList<double> UsualRates { get; } = [0.1, 0.5, 1];

    /// <summary>Measures streams.</summary>
    /// <param name="streams">The posteriors of each stream and the words that were said in it.</param>
    /// <param name="settings">The decision settings with the thresholds to measure.</param>
    /// <exception cref="ArgumentException">There is no stream, no word, or a word that is no command of the model.</exception>
    public static StreamEvaluation Measure(IReadOnlyList<(PosteriorTrack Track, IReadOnlyList<WordInterval> Words)> streams, DecisionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(settings);
        if (streams.Count == 0) throw new ArgumentException("There is no stream to judge.", nameof(streams));
        foreach ((var track, var words) in streams)
        {
            if (words.FirstOrDefault(word => !(track.Classes.Contains(word.Word) && Vocabulary.IsCommand(word.Word))) is { } unknown)
                throw new ArgumentException($"'{unknown.Word}' at {unknown.Start:0.00} s is no command of the model; label commands alone.", nameof(streams));
        }

        if (!streams.Any(stream => stream.Words.Count > 0)) throw new ArgumentException("No word is labelled; without one, no share of missed words exists.", nameof(streams));
        var scan = new ThresholdScan(streams, settings);
        return new(ThresholdScan.Measure(streams, settings), [.. scan.Thinned(LargestCurve).Select(scan.At).OfType<TradeOffPoint>()]) { Scan = scan };
    }

    /// <summary>The smallest share of missed words at a rate of false alarms; null where no threshold reaches it.</summary>
    /// <param name="falseAlarmsPerHour">The largest rate that is allowed.</param>
    public double? FalseRejectionRateAt(double falseAlarmsPerHour) =>
        // The curve too, because raising a threshold may now and then add a false alarm that a refractory time had hidden.
        Curve.Append(Scan?.AtRate(falseAlarmsPerHour)).OfType<TradeOffPoint>()
            .Where(point => point.FalseAlarmsPerHour <= falseAlarmsPerHour).MinBy(point => point.FalseRejectionRate)?.FalseRejectionRate;
}

/// <summary>One point of the detection error trade-off of a stream.</summary>
/// <param name="Threshold">The threshold of all commands.</param>
/// <param name="FalseAlarmsPerHour">False alarms per hour of sound outside the detected words.</param>
/// <param name="FalseRejectionRate">The share of words that were missed.</param>
public sealed record TradeOffPoint(double Threshold, double FalseAlarmsPerHour, double FalseRejectionRate);
