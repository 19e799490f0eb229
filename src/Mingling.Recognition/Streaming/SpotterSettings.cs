namespace Mingling.Recognition.Streaming;

/// <summary>How a stream is listened to. Values are checked together where the settings are put to use (<see cref="Validate"/>).</summary>
public sealed record SpotterSettings
{
    /// <summary>The time between two judgements in milliseconds, rounded to whole frames of the front end. Range: one frame to 1000. Default: 80.</summary>
    public double HopMs { get; init; } = 80;

    /// <summary>When judgements become events.</summary>
    public DecisionSettings Decision { get; init; } = new();

    /// <summary>When the model may rest; null judges every window. Default: a gate with its defaults.</summary>
    public GateSettings? Gate { get; init; } = new();

    /// <summary>
    /// The level (dBFS, over 30 ms) below which sound is silence: a window of nothing else is never judged, with or without a gate, so
    /// that silence never is a command. Range: −120 to 0. Default: −70.
    /// </summary>
    public double SilenceDb { get; init; } = SpeechLevels.SilenceDb;

    /// <summary>
    /// How much of the room, in milliseconds, is added behind the end of a stream, so that a last word passes through the window as any
    /// other: the quietest frame of the last window, again and again. Null (default): half the model's window and the smoothing span. Range: 0 to 10,000.
    /// </summary>
    public double? TailMs { get; init; }

    /// <summary>Checks all properties together, those of the parts as well.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        Decision.Validate();
        Gate?.Validate();
        List<string> problems = [];
        if (!(HopMs is > 0 and <= 1000)) problems.Add($"HopMs {HopMs} is outside 0…1000 or 0");
        if (!(SilenceDb is >= -120 and <= 0)) problems.Add($"SilenceDb {SilenceDb} is outside -120…0");
        if (TailMs is not (null or (>= 0 and <= 10_000))) problems.Add($"TailMs {TailMs} is outside 0…10000");
        if (problems.Count > 0) throw new ArgumentException($"The spotter settings are wrong: {string.Join("; ", problems)}.");
    }
}
