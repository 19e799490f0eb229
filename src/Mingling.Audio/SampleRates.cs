using System.Globalization;

namespace Mingling.Audio;

/// <summary>The sample rates that can be processed: resampled, turned into features and read as a stream.</summary>
public static class SampleRates
{
    /// <summary>The lowest rate (Hz).</summary>
    public const int Lowest = 1000;

    /// <summary>The highest rate (Hz).</summary>
    public const int Highest = 384_000;

    /// <summary>The range as text, for messages.</summary>
    public static string Range { get; } = string.Create(CultureInfo.InvariantCulture, $"{Lowest} to {Highest:N0} Hz");

    /// <summary>Whether a rate lies within the range.</summary>
    /// <param name="sampleRate">The rate (Hz).</param>
    public static bool Include(int sampleRate) => sampleRate is >= Lowest and <= Highest;

    /// <summary>Whether sound of one rate can be had at another: the rates are equal, or the first lies within the range.</summary>
    /// <param name="from">The rate of the sound (Hz).</param>
    /// <param name="to">The wanted rate (Hz), within the range.</param>
    public static bool CanConvert(int from, int to) => from == to || Include(from);
}
