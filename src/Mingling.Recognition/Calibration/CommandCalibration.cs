namespace Mingling.Recognition.Streaming;

/// <summary>The threshold of a command that was found on sound without commands.</summary>
/// <param name="Threshold">The threshold, with the rate that was counted at it and the rate that can be claimed.</param>
/// <param name="FalseAlarms">The false alarms at it.</param>
/// <param name="MeetsTarget">Whether there are as few of them as asked for; false where the command fires too often even at the largest threshold.</param>
public sealed record CommandCalibration(CommandThreshold Threshold, int FalseAlarms, bool MeetsTarget);
