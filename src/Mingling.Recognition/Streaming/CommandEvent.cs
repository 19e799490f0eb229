namespace Mingling.Recognition.Streaming;

/// <summary>A command that was detected in a stream. Times are in seconds since the stream began.</summary>
/// <param name="Word">The command.</param>
/// <param name="Time">
/// When it was decided: the end of the sound that the decision needed. Of a decision that needed all of it, and was made when the stream had ended,
/// the length of the stream; never more.
/// </param>
/// <param name="Start">Where the word probably begins: the beginning of the loudest stretch of sound in the window.</param>
/// <param name="End">Where the word probably ends, at most <paramref name="Time"/>.</param>
/// <param name="Score">The largest smoothed posterior of the command in the recent past, 0…1.</param>
/// <param name="FalseAlarmsPerHour">The false alarms per hour that were counted at its threshold; null where it was not calibrated.</param>
public sealed record CommandEvent(string Word, double Time, double Start, double End, double Score, double? FalseAlarmsPerHour);
