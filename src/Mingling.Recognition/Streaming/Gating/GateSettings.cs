namespace Mingling.Recognition.Streaming.Gating;

/// <summary>Which windows of a stream the model is evaluated on.</summary>
public sealed record GateSettings
{
    /// <summary>How far sound must rise above the noise floor to open the gate, in decibels. Range: 0 (always open) to 60. Default: 3.</summary>
    public double MarginDb { get; init; } = 3;

    /// <summary>
    /// How fast the noise floor follows a noise that grew, in decibels a second; one that falls is followed at once. Slow enough for speech
    /// not to become the floor. Range: 0 to 100. Default: 3.
    /// </summary>
    public double RiseDbPerSecond { get; init; } = 3;

    /// <summary>
    /// How long in milliseconds the gate stays open after the last speech has left the model's window. Range: 0 to 60,000. Default: 500.
    /// </summary>
    public double HangoverMs { get; init; } = 500;

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (!(MarginDb is >= 0 and <= 60)) problems.Add($"MarginDb {MarginDb} is outside 0…60");
        if (!(RiseDbPerSecond is >= 0 and <= 100)) problems.Add($"RiseDbPerSecond {RiseDbPerSecond} is outside 0…100");
        if (!(HangoverMs is >= 0 and <= 60_000)) problems.Add($"HangoverMs {HangoverMs} is outside 0…60000");
        if (problems.Count > 0) throw new ArgumentException($"The gate settings are wrong: {string.Join("; ", problems)}.");
    }
}
