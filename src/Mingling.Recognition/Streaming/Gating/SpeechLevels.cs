namespace Mingling.Recognition.Streaming.Gating;

/// <summary>What counts as silence and as one word, both in streams and in the examples of a new word.</summary>
internal static class SpeechLevels
{
    /// <summary>The level in dBFS below which all is silence, unless settings say otherwise.</summary>
    public const double SilenceDb = -70;

    /// <summary>The longest pause within a word in seconds; closures of stops last up to a tenth.</summary>
    public const double LongestGapSeconds = 0.15;
}
