namespace Mingling.Recognition.Models;

/// <summary>Thresholds of a model for a wanted rate of false alarms, and what they were measured on.</summary>
/// <param name="FalseAlarmsPerHour">The rate of false alarms that was aimed at, above 0.</param>
/// <param name="Hours">The hours of sound without commands that were used, above 0.</param>
/// <param name="Source">Where that sound came from, in words; no path.</param>
public sealed record Calibration(double FalseAlarmsPerHour, double Hours, string Source)
{
    /// <summary>The thresholds for streams, of trained and enrolled words: smoothed posteriors. They hold for <see cref="HopMs"/> and <see cref="SmoothingMs"/>.</summary>
    public IReadOnlyList<CommandThreshold> Commands { get; init => field = value ?? []; } = [];

    /// <summary>The time between two windows that they were measured with, in milliseconds, above 0.</summary>
    public double HopMs { get; init; } = 80;

    /// <summary>The smoothing span that they were measured with, in milliseconds, 0 or more.</summary>
    public double SmoothingMs { get; init; } = 320;
}

/// <summary>The threshold of one command.</summary>
/// <param name="Command">The command.</param>
/// <param name="Threshold">The lowest smoothed posterior at which it is reported, above 0 and at most 1.</param>
/// <param name="FalseAlarmsPerHour">The false alarms per hour that were counted at this threshold; null where it was not calibrated.</param>
/// <param name="FalseAlarmsPerHourAtMost">The 95 % upper bound of that rate, which is all that few alarms prove; null where it was not calibrated.</param>
public sealed record CommandThreshold(
    string Command, double Threshold, double? FalseAlarmsPerHour = null, double? FalseAlarmsPerHourAtMost = null);
