namespace Mingling.Recognition.Enrollment;

/// <summary>Requirements on the examples of a new word. Values are checked together where the settings are used (<see cref="Validate"/>).</summary>
public sealed record EnrollmentSettings
{
    /// <summary>The lowest peak of an example (dBFS). Range: −120 to 0. Default: −35.</summary>
    public double QuietestPeakDb { get; init; } = -35;

    /// <summary>The largest share of clipped samples. Range: 0 to 1. Default: 0.001.</summary>
    public double LargestClippedShare { get; init; } = 0.001;

    /// <summary>The shortest stretch of sound in seconds. Range: 0 to 10. Default: 0.15.</summary>
    public double ShortestSeconds { get; init; } = 0.15;

    /// <summary>How much larger the cosine distance of an example to the others may be than is usual among them (their median). Range: 0 to 2. Default: 0.2.</summary>
    public double LargestExtraDistance { get; init; } = 0.2;

    /// <summary>The smallest cosine distance to another command. Range: 0 to 2. Default: 0.15.</summary>
    public double SmallestDistance { get; init; } = 0.15;

    /// <summary>The share of the background windows that may reach the threshold, where background is given. Range: above 0, below 1. Default: 0.01.</summary>
    public double FalseAcceptanceRate { get; init; } = 0.01;

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (!(QuietestPeakDb is >= -120 and <= 0)) problems.Add($"QuietestPeakDb {QuietestPeakDb} is outside -120…0");
        if (!(LargestClippedShare is >= 0 and <= 1)) problems.Add($"LargestClippedShare {LargestClippedShare} is outside 0…1");
        if (!(ShortestSeconds is >= 0 and <= 10)) problems.Add($"ShortestSeconds {ShortestSeconds} is outside 0…10");
        if (!(LargestExtraDistance is >= 0 and <= 2)) problems.Add($"LargestExtraDistance {LargestExtraDistance} is outside 0…2");
        if (!(SmallestDistance is >= 0 and <= 2)) problems.Add($"SmallestDistance {SmallestDistance} is outside 0…2");
        if (!(FalseAcceptanceRate is > 0 and < 1)) problems.Add($"FalseAcceptanceRate {FalseAcceptanceRate} is outside 0…1, both excluded");
        if (problems.Count > 0) throw new ArgumentException($"The enrolment settings are wrong: {string.Join("; ", problems)}.");
    }
}
