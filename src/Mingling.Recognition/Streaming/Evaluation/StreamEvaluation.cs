using System.Globalization;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;

namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>How well commands are detected in labelled streams: at the given thresholds, and as a function of one threshold for all commands.</summary>
/// <param name="AtThresholds">The result at the thresholds that were given.</param>
/// <param name="Curve">The trade-off, by rising threshold; one point for each threshold at which something changes, thinned to 200 at most.</param>
public sealed record StreamEvaluation(StreamReport AtThresholds, IReadOnlyList<TradeOffPoint> Curve)
{
    private const int LargestCurve = 200;

    // Labels are written with so many digits, and drawn by hand.
    private const double LabelSlackSeconds = 0.1;

    private ThresholdScan? Scan { get; init; }

    /// <summary>The rates at which the share of missed words is usually reported, in false alarms per hour.</summary>
    public static IReadOnlyList<double> UsualRates { get; } = [0.5, 1, 5];

    /// <summary>What each detection of each stream is at the thresholds that were given.</summary>
    public IReadOnlyList<StreamMatch> Matches { get; init; } = [];

    /// <summary>The words of each stream that were missed at the thresholds that were given, with their causes.</summary>
    public IReadOnlyList<IReadOnlyList<Miss>> Misses { get; init; } = [];

    /// <summary>Measures streams.</summary>
    /// <param name="streams">
    /// The posteriors of each stream and what was said in it: commands of the model, and other speech under a name in underscores such as
    /// <c>_unknown_</c>, which then decides where false alarms are counted.
    /// </param>
    /// <param name="settings">The decision settings with the thresholds to measure.</param>
    /// <param name="matching">Which events count for a word; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// There is no stream or no word, a stream is shorter than the model's window, a word is no command of the model or lies beyond the end of
    /// its stream, or settings are out of range.
    /// </exception>
    public static StreamEvaluation Measure(
        IReadOnlyList<(PosteriorTrack Track, IReadOnlyList<WordInterval> Words)> streams, DecisionSettings settings, MatchSettings? matching = null)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(settings);
        if (streams.Count == 0) throw new ArgumentException("There is no stream to judge.", nameof(streams));
        foreach ((var track, var words) in streams) Check(track, words);
        if (!streams.Any(stream => stream.Words.Any(word => Vocabulary.IsCommand(word.Word))))
            throw new ArgumentException("No word is labelled; without one, no share of missed words exists.", nameof(streams));
        matching ??= new MatchSettings();
        matching.Validate();

        StreamMatch[] matches = [.. streams.Select(stream => StreamMatch.Pair(stream.Words, stream.Track.Detect(settings), matching))];
        var scan = new ThresholdScan(streams, settings, matching);
        return new(
            StreamReport.Measure([.. matches.Zip(streams, (match, stream) => (match, stream.Track.Seconds))]),
            scan.Curve(LargestCurve))
        {
            Scan = scan,
            Matches = matches,
            Misses = [.. matches.Zip(streams, (match, stream) => new MissFinder(stream.Track, settings).Find(match))],
        };
    }

    /// <summary>The smallest share of missed words at a rate of false alarms; null where no threshold reaches it.</summary>
    /// <param name="falseAlarmsPerHour">The largest rate that is allowed.</param>
    public double? FalseRejectionRateAt(double falseAlarmsPerHour) => PointAt(falseAlarmsPerHour)?.FalseRejectionRate;

    /// <summary>The point with the smallest share of missed words at a rate of false alarms; null where no threshold reaches it.</summary>
    /// <param name="falseAlarmsPerHour">The largest rate that is allowed.</param>
    public TradeOffPoint? PointAt(double falseAlarmsPerHour) =>
        // The curve too, because raising a threshold may now and then add a false alarm that a refractory time had hidden.
        Curve.Append(Scan?.AtRate(falseAlarmsPerHour)).OfType<TradeOffPoint>()
            .Where(point => point.FalseAlarmsPerHour <= falseAlarmsPerHour).MinBy(point => point.FalseRejectionRate);

    private static void Check(PosteriorTrack track, IReadOnlyList<WordInterval> words)
    {
        if (1000 * track.Seconds < track.WindowMs)
            throw Wrong($"The stream lasts {track.Seconds:0.00} s, less than the model's window of {track.WindowMs / 1000:0.00} s; give a longer one.");
        foreach (var word in words)
        {
            if (Vocabulary.IsCommand(word.Word) && !track.Classes.Contains(word.Word))
                throw Wrong($"'{word.Word}' at {word.Start:0.00} s is no command of the model; label commands alone, and other speech as _unknown_.");
            if (word.End > track.Seconds + LabelSlackSeconds)
                throw Wrong($"'{word.Word}' at {word.Start:0.00} s ends at {word.End:0.00} s, after the stream, which lasts {track.Seconds:0.00} s; these may be the labels of another one.");
        }
    }

    private static ArgumentException Wrong(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture));
}

/// <summary>One point of the detection error trade-off of a stream.</summary>
/// <param name="Threshold">The threshold of all commands.</param>
/// <param name="FalseAlarmsPerHour">False alarms during other speech per hour of it, or, where none is labelled, per hour of sound without commands.</param>
/// <param name="FalseRejectionRate">The share of words that were missed.</param>
public sealed record TradeOffPoint(double Threshold, double FalseAlarmsPerHour, double FalseRejectionRate)
{
    /// <summary>Detections at the place of another command, for each word that was said.</summary>
    public double WrongCommandRate { get; init; }
}
