namespace Mingling.Recognition.Streaming;

/// <summary>A command that was heard in a stream. Times are in seconds since the stream began.</summary>
/// <param name="Word">The command.</param>
/// <param name="Time">When it was decided: the end of the sound that the decision needed.</param>
/// <param name="Start">Where the word is likely to begin: that of the loudest stretch of sound in the window.</param>
/// <param name="End">Where the word is likely to end, at most <paramref name="Time"/>.</param>
/// <param name="Score">The largest smoothed posterior of the command in the recent past, 0…1.</param>
/// <param name="FalseAlarmsPerHour">How often in an hour the command is reported wrongly at its threshold; null where that was not calibrated.</param>
public sealed record CommandEvent(string Word, double Time, double Start, double End, double Score, double? FalseAlarmsPerHour);
