namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>Which events count for a word that was said. Values are checked together where the settings are used (<see cref="Validate"/>).</summary>
public sealed record MatchSettings
{
    private const double Longest = 10;

    // Rounding of the last bit must not decide about a time that lies on a limit.
    private const double Hair = 1e-9;

    /// <summary>How long before the start of a word its event may come, in seconds. Range: 0 to 10. Default: 0.1.</summary>
    public double EarlySeconds { get; init; } = 0.1;

    /// <summary>How long after the end of a word its event may come, in seconds. Range: 0 to 10. Default: 1.</summary>
    public double ToleranceSeconds { get; init; } = 1;

    /// <summary>
    /// How long after <see cref="ToleranceSeconds"/> an event of the same word still belongs to it, in seconds: as a late hit where the word
    /// had none, as a repeated one otherwise. Range: 0 to 10. Default: 1, after which a model with a window of 1 s cannot hold the word any more.
    /// </summary>
    public double LateSeconds { get; init; } = 1;

    /// <summary>Whether an event at a time is at the place of a word: near enough to be its hit, or to be a wrong command in its stead.</summary>
    /// <param name="interval">The word.</param>
    /// <param name="time">The time in seconds.</param>
    public bool Covers(WordInterval interval, double time)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return time >= interval.Start - EarlySeconds - Hair && time <= interval.End + ToleranceSeconds + Hair;
    }

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        string[] problems =
        [
            .. new[] { (nameof(EarlySeconds), EarlySeconds), (nameof(ToleranceSeconds), ToleranceSeconds), (nameof(LateSeconds), LateSeconds) }
                .Where(value => !(value.Item2 is >= 0 and <= Longest)).Select(value => $"{value.Item1} {value.Item2} is outside 0…{Longest}"),
        ];
        if (problems.Length > 0) throw new ArgumentException($"The match settings are wrong: {string.Join("; ", problems)}.");
    }

    /// <summary>Whether the start of a word is near enough for an event at a time to belong to it.</summary>
    internal bool HasBegun(WordInterval interval, double time) => time >= interval.Start - EarlySeconds - Hair;

    /// <summary>Whether a time is too long after a word for an event of it.</summary>
    internal bool IsOver(WordInterval interval, double time) => time > interval.End + ToleranceSeconds + LateSeconds + Hair;
}
