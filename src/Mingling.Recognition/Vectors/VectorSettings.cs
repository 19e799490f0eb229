using System.Globalization;
using Mingling.Audio;

namespace Mingling.Recognition.Vectors;

/// <summary>What test vectors are made of.</summary>
public sealed record VectorSettings
{
    /// <summary>The rates (Hz) at which each sound becomes a stream and a clip, at least one, each within <see cref="SampleRates"/>. Default: 8000, 16000, 44100 and 48000.</summary>
    public IReadOnlyList<int> Rates { get; init; } = [8000, 16_000, 44_100, 48_000];

    /// <summary>Decides how streams are cut into pieces. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The longest piece in which a stream is pushed, in samples; pieces have 1 to this many. Range: 1 to 1,000,000. Default: 20,000.</summary>
    public int LongestPiece { get; init; } = 20_000;

    /// <summary>Checks all properties together.</summary>
    /// <exception cref="ArgumentException">Something is out of range; the message names everything that is.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (Rates is null or []) problems.Add("there is no rate");
        foreach (int rate in Rates ?? [])
            if (!SampleRates.Include(rate)) problems.Add(string.Create(CultureInfo.InvariantCulture, $"the rate {rate} is outside {SampleRates.Range}"));
        if (Rates is not null && Rates.Distinct().Count() != Rates.Count) problems.Add("a rate is given twice");
        if (LongestPiece is < 1 or > 1_000_000) problems.Add(string.Create(CultureInfo.InvariantCulture, $"LongestPiece {LongestPiece} is outside 1…1000000"));
        if (problems.Count > 0) throw new ArgumentException($"The settings of the test vectors are wrong: {string.Join("; ", problems)}.");
    }
}
