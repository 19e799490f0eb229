namespace Mingling.Corpora.Streams;

/// <summary>
/// Where in a quiet recording something is said, and how loud: from the first to the last block of 10 ms within 25 dB of the loudest, so that
/// the weak ends of words belong to them.
/// </summary>
/// <param name="Start">The first sample.</param>
/// <param name="Length">How many samples.</param>
/// <param name="Power">The mean power of the blocks within 25 dB of the loudest.</param>
internal sealed record SpokenStretch(int Start, int Length, double Power)
{
    private const double RangeDb = 25;

    /// <summary>Finds the stretch; null where the recording is shorter than a block or silent.</summary>
    public static SpokenStretch? Of(ReadOnlySpan<float> samples, int sampleRate)
    {
        int block = sampleRate / 100, blocks = samples.Length / block;
        double[] energy = new double[blocks];
        for (int i = 0; i < blocks; i++) energy[i] = Energy(samples.Slice(i * block, block));
        double loudest = energy.DefaultIfEmpty(0).Max();
        if (loudest == 0) return null;
        double least = loudest * Math.Pow(10, -RangeDb / 10);
        int first = Array.FindIndex(energy, e => e >= least), last = Array.FindLastIndex(energy, e => e >= least);
        return new SpokenStretch(first * block, (last + 1 - first) * block, energy.Where(e => e >= least).Average() / block);
    }

    /// <summary>The sum of the squares.</summary>
    public static double Energy(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples) sum += (double)sample * sample;
        return sum;
    }
}
