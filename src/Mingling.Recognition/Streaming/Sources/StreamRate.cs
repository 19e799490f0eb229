using System.Runtime.CompilerServices;
using Mingling.Audio;

namespace Mingling.Recognition.Streaming.Sources;

/// <summary>Checks the sample rate that a caller states for a stream.</summary>
internal static class StreamRate
{
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside <see cref="SampleRates"/>.</exception>
    public static void Check(int sampleRate, [CallerArgumentExpression(nameof(sampleRate))] string? parameter = null)
    {
        if (!SampleRates.Include(sampleRate))
            throw new ArgumentOutOfRangeException(parameter, sampleRate, $"A stream has a rate of {SampleRates.Range}.");
    }
}
