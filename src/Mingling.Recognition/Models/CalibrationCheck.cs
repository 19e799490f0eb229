namespace Mingling.Recognition.Models;

/// <summary>Finds everything that is wrong with the calibration of a card.</summary>
internal static class CalibrationCheck
{
    /// <summary>One clause for each thing; none where the calibration can be used.</summary>
    public static IEnumerable<string> Problems(ModelCard card, Calibration calibration)
    {
        if (calibration.Source is null) yield return "the calibration does not say what it was measured on";
        foreach (var command in calibration.Commands)
            if (Command(card, command) is { } problem) yield return problem;
        foreach (string? twice in ModelCardCheck.Twice(calibration.Commands.Select(command => command?.Command)))
            yield return $"'{twice}' has two calibrated thresholds";
        if (!(calibration.HopMs is > 0 and <= 1000 && calibration.SmoothingMs is >= 0 and <= 2000))
            yield return "the calibration must have a pace of up to 1000 ms and a smoothing span of up to 2000 ms";
        if (!(IsAmount(calibration.FalseAlarmsPerHour) && calibration.FalseAlarmsPerHour > 0 && IsAmount(calibration.Hours) && calibration.Hours > 0))
            yield return "the calibration must have a rate and hours above 0";
    }

    private static string? Command(ModelCard card, CommandThreshold? command)
    {
        if (command is null) return "a calibrated threshold is null";
        if (string.IsNullOrWhiteSpace(command.Command)) return "a calibrated threshold has no word";
        bool isKnown = card.Classes.Contains(command.Command, StringComparer.Ordinal) || card.Enrolled.Any(enrolled => enrolled?.Word == command.Command);
        if (!isKnown) return $"there is a calibrated threshold for '{command.Command}', which is no word of the model";
        if (!Vocabulary.IsCommand(command.Command)) return $"there is a calibrated threshold for '{command.Command}', which is no command";
        if (!(command.Threshold is > 0 and <= 1)) return $"the calibrated threshold of '{command.Command}' must be above 0 and at most 1, not {command.Threshold}";
        return IsAmount(command.FalseAlarmsPerHour ?? 0) && IsAmount(command.FalseAlarmsPerHourAtMost ?? 0)
            ? null
            : $"the false alarms of '{command.Command}' per hour must be a finite number of 0 or more";
    }

    private static bool IsAmount(double number) => number >= 0 && double.IsFinite(number);
}
