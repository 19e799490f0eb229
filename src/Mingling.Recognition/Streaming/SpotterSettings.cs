using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming.Decisions;
using Mingling.Recognition.Streaming.Gating;

namespace Mingling.Recognition.Streaming;

/// <summary>
/// How commands are detected in a stream. <see cref="FromCard"/> gives the settings for a model; the defaults know nothing of any model.
/// Values are checked together where the settings are used (<see cref="Validate"/>).
/// </summary>
public sealed record SpotterSettings
{
    // The score of an enrolled word is one half at the threshold of its enrolment (SpottingModel).
    private const double EnrolledThreshold = 0.5;

    /// <summary>The time between two windows in milliseconds, rounded to whole frames of the front end. Range: one frame to 1000. Default: 80.</summary>
    public double HopMs { get; init; } = 80;

    /// <summary>When posteriors become events.</summary>
    public DecisionSettings Decision { get; init; } = new();

    /// <summary>Which windows are evaluated; null evaluates all that are not silent. Default: a gate with its defaults.</summary>
    public GateSettings? Gate { get; init; } = new();

    /// <summary>
    /// The level (dBFS, over 30 ms) below which sound is silence. A silent window is never evaluated, with or without a gate, so that silence
    /// never is a command. Range: −120 to 0. Default: −70.
    /// </summary>
    public double SilenceDb { get; init; } = SpeechLevels.SilenceDb;

    /// <summary>
    /// How many milliseconds of background sound are put before the beginning of a stream, so that a word at the very start passes through the
    /// window like any other: the quietest frame of the first window, repeated. Rounded up to whole intervals. Range: 0 to 10,000. Null
    /// (default): half the model's window and the smoothing span, as at the end (<see cref="TailMs"/>).
    /// </summary>
    public double? LeadMs { get; init; }

    /// <summary>
    /// How many milliseconds of background sound (<c>RoomTone</c>: the quietest frame of the last window, repeated) are added after the end of a
    /// stream, so that a last word passes through the window like any other. Range: 0 to 10,000. Null (default): half the model's window and the
    /// smoothing span.
    /// </summary>
    public double? TailMs { get; init; }

    /// <summary>
    /// The settings for a model: calibrated thresholds with the interval and the smoothing span that they hold for, and for enrolled words
    /// without a calibrated threshold the one of their enrolment; threshold and span that suit the scores of the model
    /// (<see cref="ModelCard.Background"/>). Everything else has its default.
    /// </summary>
    /// <param name="card">The model's card.</param>
    public static SpotterSettings FromCard(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var calibrated = card.Calibration?.Commands ?? [];
        var enrolled = card.Enrolled
            .Where(word => !calibrated.Any(threshold => threshold.Command == word.Word))
            .Select(word => new CommandThreshold(word.Word, EnrolledThreshold));
        var defaults = new SpotterSettings();
        if (card.Background is { } background)
            defaults = defaults with { Decision = defaults.Decision with { Threshold = background.Threshold, SmoothingMs = background.SmoothingMs } };
        return calibrated.Count == 0
            ? defaults with { Decision = defaults.Decision with { Thresholds = [.. enrolled] } }
            : defaults with
            {
                HopMs = card.Calibration!.HopMs,
                Decision = defaults.Decision with
                {
                    SmoothingMs = card.Calibration.SmoothingMs,
                    MaximumMs = Math.Max(defaults.Decision.MaximumMs, card.Calibration.SmoothingMs),
                    Thresholds = [.. calibrated, .. enrolled],
                },
            };
    }

    /// <summary>
    /// The same settings with one threshold for all trained commands, in place of calibrated ones. Enrolled words keep theirs, because their
    /// scores have another scale.
    /// </summary>
    /// <param name="card">The card of the model that the settings are for.</param>
    /// <param name="threshold">The smoothed posterior at which a trained command is reported, above 0 and at most 1.</param>
    public SpotterSettings WithTrainedThreshold(ModelCard card, double threshold)
    {
        ArgumentNullException.ThrowIfNull(card);
        CommandThreshold[] enrolled = [.. Decision.Thresholds.Where(own => card.Enrolled.Any(word => word.Word == own.Command))];
        return this with { Decision = Decision with { Threshold = threshold, Thresholds = enrolled } };
    }

    /// <summary>Checks all properties together, those of the parts as well.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        Decision.Validate();
        Gate?.Validate();
        List<string> problems = [];
        if (!(HopMs is > 0 and <= 1000)) problems.Add($"HopMs {HopMs} is outside 0…1000 or 0");
        if (!(SilenceDb is >= -120 and <= 0)) problems.Add($"SilenceDb {SilenceDb} is outside -120…0");
        if (LeadMs is not (null or (>= 0 and <= 10_000))) problems.Add($"LeadMs {LeadMs} is outside 0…10000");
        if (TailMs is not (null or (>= 0 and <= 10_000))) problems.Add($"TailMs {TailMs} is outside 0…10000");
        if (problems.Count > 0) throw new ArgumentException($"The spotter settings are wrong: {string.Join("; ", problems)}.");
    }
}
