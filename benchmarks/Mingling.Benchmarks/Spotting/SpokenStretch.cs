namespace Mingling.Benchmarks.Spotting;

/// <summary>
/// Where in a quiet clip something is said: from the first to the last block of 10 ms within 25 dB of the loudest, so that the weak ends
/// of words belong to them.
/// </summary>
internal static class SpokenStretch
{
    private const double RangeDb = 25;

    public static Range Of(ReadOnlySpan<float> samples, int sampleRate)
    {
        int block = sampleRate / 100, blocks = samples.Length / block;
        double[] energy = new double[blocks];
        for (int i = 0; i < blocks; i++) energy[i] = Energy(samples.Slice(i * block, block));
        double least = energy.Max() * Math.Pow(10, -RangeDb / 10);
        return (Array.FindIndex(energy, e => e >= least) * block)..((Array.FindLastIndex(energy, e => e >= least) + 1) * block);
    }

    public static double Energy(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples) sum += (double)sample * sample;
        return sum;
    }
}
