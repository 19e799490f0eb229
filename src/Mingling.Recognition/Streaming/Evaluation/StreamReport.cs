namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>How well commands were detected in labelled streams with one set of thresholds. <see cref="StreamMatch"/> says what each detection is.</summary>
/// <param name="Words">The words that were said.</param>
/// <param name="Missed">Those that were not detected in time.</param>
/// <param name="FalseAlarms">Detections where no command was said, counted as events.</param>
/// <param name="Hours">The sound in which a false alarm can occur, in hours: all but the places of commands, from early to tolerance.</param>
/// <param name="LatencyMedian">From a word's end to its detection in seconds, the median of the hits; negative where it was detected before its end, null without a hit.</param>
/// <param name="Latency95">The same, the 95th percentile (nearest rank).</param>
public sealed record StreamReport(int Words, int Missed, int FalseAlarms, double Hours, double? LatencyMedian, double? Latency95)
{
    /// <summary>Detections at the place of another command.</summary>
    public int WrongCommands { get; init; }

    /// <summary>Words that were detected after the tolerance; they are among the missed.</summary>
    public int LateHits { get; init; }

    /// <summary>Further detections of words that were detected in time.</summary>
    public int RepeatedHits { get; init; }

    /// <summary>False alarms during labelled other speech, up to the tolerance after it; null where none is labelled.</summary>
    public int? SpeechFalseAlarms { get; init; }

    /// <summary>The part of <see cref="Hours"/> with labelled other speech, up to the tolerance after it; null where none is labelled.</summary>
    public double? SpeechHours { get; init; }

    /// <summary>The share of words that were missed; null where none was said.</summary>
    public double? FalseRejectionRate => Words == 0 ? null : (double)Missed / Words;

    /// <summary>Wrong commands for each word that was said; null where none was said.</summary>
    public double? WrongCommandRate => Words == 0 ? null : (double)WrongCommands / Words;

    /// <summary>False alarms per hour of sound without commands; null where there is none.</summary>
    public double? FalseAlarmsPerHour => Hours > 0 ? FalseAlarms / Hours : null;

    /// <summary>
    /// False alarms during other speech per hour of it. Where no other speech is labelled, the same as <see cref="FalseAlarmsPerHour"/>: all
    /// sound without commands then counts as such.
    /// </summary>
    public double? SpeechFalseAlarmsPerHour => SpeechHours is null ? FalseAlarmsPerHour : SpeechHours > 0 ? SpeechFalseAlarms / SpeechHours : null;

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
        AlarmExposure[] exposures = [.. streams.Select(s => AlarmExposure.Of(s.Match, s.Seconds))];
        bool isSpeechLabelled = streams.Any(s => s.Match.OtherSpeech.Count > 0);
        return new StreamReport(
            streams.Sum(s => s.Match.Hits.Count + s.Match.Missed.Count),
            streams.Sum(s => s.Match.Missed.Count),
            streams.Sum(s => s.Match.FalseAlarms.Count),
            exposures.Sum(exposure => exposure.Seconds) / 3600,
            Percentile(latencies, 0.5),
            Percentile(latencies, 0.95))
        {
            WrongCommands = streams.Sum(s => s.Match.Wrong.Count),
            LateHits = streams.Sum(s => s.Match.Late.Count),
            RepeatedHits = streams.Sum(s => s.Match.Repeated.Count),
            SpeechFalseAlarms = isSpeechLabelled ? exposures.Sum(exposure => exposure.SpeechAlarms) : null,
            SpeechHours = isSpeechLabelled ? exposures.Sum(exposure => exposure.SpeechSeconds) / 3600 : null,
        };
    }

    private static double? Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}

/// <summary>The sound of a stream in which a false alarm can occur.</summary>
/// <param name="Seconds">All of it.</param>
/// <param name="SpeechSeconds">The part with labelled other speech, up to the tolerance after it.</param>
/// <param name="SpeechAlarms">The false alarms in that part.</param>
internal sealed record AlarmExposure(double Seconds, double SpeechSeconds, int SpeechAlarms)
{
    public static AlarmExposure Of(StreamMatch match, double seconds)
    {
        var settings = match.Settings;
        var commands = new Spans(
            match.Hits.Select(hit => hit.Interval).Concat(match.Missed).Select(word => (word.Start - settings.EarlySeconds, word.End + settings.ToleranceSeconds)), seconds);
        var speech = new Spans(match.OtherSpeech.Select(word => (word.Start, word.End + settings.ToleranceSeconds)), seconds);
        return new AlarmExposure(
            seconds - commands.Seconds, speech.Seconds - speech.CommonSeconds(commands), match.FalseAlarms.Count(alarm => speech.Contain(alarm.Time)));
    }
}
