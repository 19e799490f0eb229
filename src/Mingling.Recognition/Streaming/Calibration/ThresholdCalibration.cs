using System.Globalization;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Evaluation;

namespace Mingling.Recognition.Streaming.Calibration;

/// <summary>
/// Thresholds for a wanted rate of false alarms, found on sound in which no command is said.
/// (1) The rate is shared evenly among the commands.
/// (2) A command's threshold is the lowest at which its detections, counted as events, stay within its share. They are counted with the
///     decision stage that will use the threshold, and without competing commands. It is never below the threshold in the settings, because
///     sound without commands does not show which commands are confused with each other.
/// (3) The false alarms are counted once more with all thresholds together.
/// Thresholds that were raised until the count was small cannot be assessed by that count as if they had been fixed before. The time until a
/// command has fired k + 1 times is a gamma variable whatever the resulting threshold. So the total rate of n such commands with k false alarms
/// in T hours is bounded by the quantile of the gamma distribution of shape k + n, divided by T.
/// </summary>
/// <param name="TargetPerHour">The wanted rate of all commands together.</param>
/// <param name="Hours">The hours of sound.</param>
/// <param name="Commands">What was found for each command.</param>
/// <param name="FalseAlarms">The false alarms of all commands together at these thresholds.</param>
public sealed record ThresholdCalibration(double TargetPerHour, double Hours, IReadOnlyList<CommandCalibration> Commands, int FalseAlarms)
{
    /// <summary>The commands whose threshold was raised on this sound.</summary>
    public int Tuned { get; init; }

    /// <summary>The 95 % interval of the rate of all commands together; its upper bounds allow for thresholds found on the same sound.</summary>
    public PoissonInterval Interval => PoissonInterval.FromCount(FalseAlarms + Excess, Hours) with { Lower = PoissonInterval.FromCount(FalseAlarms, Hours).Lower };

    private int Excess => Math.Max(0, Tuned - 1);

    /// <summary>The thresholds.</summary>
    public IReadOnlyList<CommandThreshold> Thresholds => [.. Commands.Select(command => command.Threshold)];

    /// <summary>What can be claimed, in one or two sentences.</summary>
    public string Claim => Remark.Text;

    /// <summary><see cref="Claim"/> with its code and values.</summary>
    public Remark Remark
    {
        get
        {
            string found = Tuned > 1 ? $", with {Tuned} thresholds found on the same sound" : "";
            string counted = string.Create(CultureInfo.InvariantCulture,
                $"{FalseAlarms} false alarms in {Hours:0.###} hours prove fewer than {Interval.AtMost:0.###} per hour (95 %){found}.");
            var said = new Remark(Tuned > 1 ? "claim.tuned" : "claim.counted", counted, ("alarms", FalseAlarms), ("hours", Math.Round(Hours, 3)), ("most", Math.Round(Interval.AtMost, 3)), ("tuned", Tuned));
            if (Interval.AtMost <= TargetPerHour) return said;
            double needed = PoissonInterval.FromCount(Excess, 1).AtMost / TargetPerHour;
            return new Remark("claim.open", counted + string.Create(CultureInfo.InvariantCulture, $" The target of {TargetPerHour:0.###} per hour is proved by {needed:0.#} hours without any."),
                ("counted", said), ("target", Math.Round(TargetPerHour, 3)), ("needed", Math.Round(needed, 1)));
        }
    }

    /// <summary>Finds the thresholds.</summary>
    /// <param name="background">The posteriors of sound without commands.</param>
    /// <param name="settings">The decision settings; a command's threshold in them is the lowest that is considered.</param>
    /// <param name="targetPerHour">The wanted rate of false alarms of all commands together, above 0.</param>
    /// <exception cref="ArgumentException">There is no sound, the rate is not above 0, or the tracks are of different models.</exception>
    public static ThresholdCalibration Find(IReadOnlyList<PosteriorTrack> background, DecisionSettings settings, double targetPerHour) =>
        Of(background, settings, targetPerHour, (search, command) => search.Find(command));

    /// <summary>Counts what thresholds that somebody chose would have taken for commands; each command alone, and all together.</summary>
    /// <param name="background">The posteriors of sound without commands.</param>
    /// <param name="settings">The decision settings; their threshold holds for a command that <paramref name="thresholds"/> leaves out.</param>
    /// <param name="thresholds">The thresholds, above 0 and at most 1; their rates are not used.</param>
    /// <param name="targetPerHour">The wanted rate of false alarms of all commands together, above 0.</param>
    /// <exception cref="ArgumentException">There is no sound, the rate is not above 0, a threshold is not above 0 and at most 1, or the tracks are of different models.</exception>
    public static ThresholdCalibration Measure(IReadOnlyList<PosteriorTrack> background, DecisionSettings settings, IReadOnlyList<CommandThreshold> thresholds, double targetPerHour)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        if (thresholds.FirstOrDefault(threshold => !(threshold.Threshold is > 0 and <= 1)) is { } wrong)
            throw new ArgumentException($"The threshold of '{wrong.Command}' is above 0 and at most 1, not {wrong.Threshold.ToString(CultureInfo.InvariantCulture)}.", nameof(thresholds));
        var chosen = thresholds.ToDictionary(threshold => threshold.Command, threshold => threshold.Threshold, StringComparer.Ordinal);
        return Of(background, settings, targetPerHour, (search, command) => search.Measure(command, chosen.TryGetValue(command, out double own) ? own : settings.For(command).Threshold));
    }

    private static ThresholdCalibration Of(IReadOnlyList<PosteriorTrack> background, DecisionSettings settings, double targetPerHour, Func<ThresholdSearch, string, CommandCalibration> choose)
    {
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(settings);
        double hours = background.Sum(track => track.Seconds) / 3600;
        if (!(hours > 0)) throw new ArgumentException("There is no sound to calibrate on.", nameof(background));
        if (!(targetPerHour > 0)) throw new ArgumentOutOfRangeException(nameof(targetPerHour), targetPerHour, "The rate of false alarms is above 0 per hour.");
        if (background.Any(track => !track.Classes.SequenceEqual(background[0].Classes)))
            throw new ArgumentException("The tracks were recorded with different models.", nameof(background));

        string[] commands = [.. background[0].Classes.Where(Vocabulary.IsCommand)];
        var search = new ThresholdSearch(background, settings, (int)Math.Floor((targetPerHour / commands.Length * hours) + 1e-9), hours);
        CommandCalibration[] found = [.. commands.Select(command => choose(search, command))];
        var all = settings with { Thresholds = [.. found.Select(command => command.Threshold)] };
        return new ThresholdCalibration(targetPerHour, hours, found, background.Sum(track => track.Detect(all).Count))
        {
            Tuned = found.Count(command => command.Threshold.Threshold > settings.For(command.Threshold.Command).Threshold),
        };
    }
}

/// <summary>The threshold of a command that was found on sound without commands.</summary>
/// <param name="Threshold">The threshold, with the rate that was counted at it and the rate that can be claimed.</param>
/// <param name="FalseAlarms">The false alarms at it.</param>
/// <param name="MeetsTarget">Whether they stay within the command's share of the wanted rate; false where the command fires too often even at the largest threshold.</param>
public sealed record CommandCalibration(CommandThreshold Threshold, int FalseAlarms, bool MeetsTarget);
