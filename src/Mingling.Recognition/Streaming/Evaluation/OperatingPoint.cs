namespace Mingling.Recognition.Streaming;

/// <summary>One point of the detection error trade-off of a stream.</summary>
/// <param name="Threshold">The threshold of all commands.</param>
/// <param name="FalseAlarmsPerHour">False alarms per hour of sound outside the detected words.</param>
/// <param name="FalseRejectionRate">The share of words that were missed.</param>
public sealed record OperatingPoint(double Threshold, double FalseAlarmsPerHour, double FalseRejectionRate);
