namespace Mingling.Recognition.Streaming;

/// <summary>The threshold of one command.</summary>
/// <param name="Command">The command.</param>
/// <param name="Threshold">The smoothed posterior from which on it is reported, above 0 and at most 1.</param>
/// <param name="FalseAlarmsPerHour">The false alarms per hour that were counted at this threshold; null where it was not calibrated.</param>
/// <param name="FalseAlarmsPerHourAtMost">The 95 % upper bound of that rate, which is all that few alarms prove; null where it was not calibrated.</param>
public sealed record CommandThreshold(
    string Command, double Threshold, double? FalseAlarmsPerHour = null, double? FalseAlarmsPerHourAtMost = null);
