namespace Mingling.Training.Data;

/// <summary>Where in a clip something is said.</summary>
public static class SpeechStretch
{
    private const double Outside = 0.01;

    /// <summary>The stretch that holds the middle 98 % of a clip's energy.</summary>
    /// <param name="samples">The clip.</param>
    /// <returns>The samples of it; empty where all are zero.</returns>
    public static Range Find(ReadOnlySpan<float> samples)
    {
        double energy = 0;
        foreach (float sample in samples) energy += (double)sample * sample;
        double sum = 0;
        int first = samples.Length, last = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            sum += (double)samples[i] * samples[i];
            if (sum < Outside * energy) continue;
            first = Math.Min(first, i);
            if (sum <= (1 - Outside) * energy) last = i;
        }
        return last > first ? first..last : 0..0;
    }
}
