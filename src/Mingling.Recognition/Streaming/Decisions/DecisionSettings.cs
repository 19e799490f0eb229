using Mingling.Recognition.Models;

namespace Mingling.Recognition.Streaming.Decisions;

/// <summary>When posteriors become an event. Values are checked together where the settings are used (<see cref="Validate"/>).</summary>
public sealed record DecisionSettings
{
    /// <summary>The span in milliseconds over which posteriors are averaged. Range: 0 (the last one alone) to 2000, usefully 200 to 500. Default: 320.</summary>
    public double SmoothingMs { get; init; } = 320;

    /// <summary>
    /// The span in milliseconds over which the largest average is taken as the score of an event; it never reaches back before the
    /// command's last event. Range: <see cref="SmoothingMs"/> to 10,000. Default: 960.
    /// </summary>
    public double MaximumMs { get; init; } = 960;

    /// <summary>
    /// The time in milliseconds after an event in which the same command is not reported again. A word that is shorter than it by the
    /// time for which a sliding window and the mean still hold it is reported once; the same word said again is reported as soon as the
    /// time is over, even if it was said within it. Null (default): the model's window, or 1000, and the smoothing span, which is the
    /// longest that a word can be held. Range: 0 to 20,000, usefully 500 to 1500.
    /// </summary>
    public double? RefractoryMs { get; init; }

    /// <summary>The time in milliseconds after an event in which no other command is reported. Range: 0 to 10,000. Default: 240.</summary>
    public double OtherRefractoryMs { get; init; } = 240;

    /// <summary>The threshold of commands that have none of their own in <see cref="Thresholds"/>. Range: above 0, at most 1. Default: 0.7.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>How far the average of a command must lie above that of the next command. Range: 0 (off) to 1. Default: 0.</summary>
    public double Gap { get; init; }

    /// <summary>How many times in a row the same command must pass. Range: 1 to 1000. Default: 1.</summary>
    public int AgreeingSteps { get; init; } = 1;

    /// <summary>The commands' own thresholds; at most one each. Default: none.</summary>
    public IReadOnlyList<CommandThreshold> Thresholds { get; init; } = [];

    /// <summary>The threshold of a command: its own, or the common one without knowledge of false alarms.</summary>
    /// <param name="command">The command.</param>
    public CommandThreshold For(string command) =>
        Thresholds.FirstOrDefault(own => own.Command == command) ?? new CommandThreshold(command, Threshold);

    /// <summary>The refractory time for a model's window.</summary>
    /// <param name="windowMs">The length of the window in milliseconds.</param>
    internal double RefractoryMsFor(double windowMs) => RefractoryMs ?? windowMs + SmoothingMs;

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        string[] problems = [.. Problems()];
        if (problems.Length > 0) throw new ArgumentException($"The decision settings are wrong: {string.Join("; ", problems)}.");
    }

    private IEnumerable<string> Problems()
    {
        if (!(SmoothingMs is >= 0 and <= 2000)) yield return $"SmoothingMs {SmoothingMs} is outside 0…2000";
        if (!(MaximumMs >= SmoothingMs && MaximumMs <= 10_000)) yield return $"MaximumMs {MaximumMs} is outside SmoothingMs ({SmoothingMs})…10000";
        if (RefractoryMs is not (null or (>= 0 and <= 20_000))) yield return $"RefractoryMs {RefractoryMs} is outside 0…20000";
        if (!(OtherRefractoryMs is >= 0 and <= 10_000)) yield return $"OtherRefractoryMs {OtherRefractoryMs} is outside 0…10000";
        if (!(Threshold is > 0 and <= 1)) yield return $"Threshold {Threshold} is outside 0…1 or 0";
        if (!(Gap is >= 0 and <= 1)) yield return $"Gap {Gap} is outside 0…1";
        if (AgreeingSteps is < 1 or > 1000) yield return $"AgreeingSteps {AgreeingSteps} is outside 1…1000";
        foreach (var own in Thresholds)
        {
            if (!(own.Threshold is > 0 and <= 1)) yield return $"the threshold {own.Threshold} of '{own.Command}' is outside 0…1 or 0";
        }

        foreach (string twice in Thresholds.CountBy(own => own.Command).Where(count => count.Value > 1).Select(count => count.Key))
            yield return $"'{twice}' has more than one threshold";
    }
}
