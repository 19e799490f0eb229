namespace Mingling.Audio;

/// <summary>How strong a recording is, and signs that it went wrong: clipping, an offset, silence.</summary>
/// <param name="PeakDb">The largest magnitude (dBFS: 0 is full scale); −∞ where all samples are zero.</param>
/// <param name="RmsDb">The root of the mean square (dBFS: a full-scale sine has −3.01); −∞ where all samples are zero.</param>
/// <param name="ClippedShare">
/// The share (0…1) of samples in runs of at least 3 at full scale (0.999 and beyond) on one side: a peak that merely
/// reaches full scale does not stay there.
/// </param>
/// <param name="DcOffset">The mean (−1…1), near 0 in a sound recording.</param>
/// <param name="SilentShare">The share (0…1) of samples in blocks of 256 whose root mean square about their mean is below −60 dBFS.</param>
public sealed record ClipLevel(double PeakDb, double RmsDb, double ClippedShare, double DcOffset, double SilentShare)
{
    private const float FullScale = 0.999f;
    private const int ShortestClippedRun = 3;
    private const int BlockLength = 256;
    private const double SilenceDb = -60;

    /// <summary>Below it nothing was recorded: the noise of a quiet room and of a microphone lies above.</summary>
    private const double NothingDb = -70;

    private const double AudibleBlockSeconds = 0.01;
    private const int FewestAudibleBlocks = 3;

    /// <summary>Measures a clip.</summary>
    /// <param name="samples">The clip, at least one sample, all of them finite.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static ClipLevel Measure(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("A level is measured over at least one sample.", nameof(samples));

        double peak = 0;
        double sum = 0;
        double energy = 0;
        foreach (float sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
            sum += sample;
            energy += (double)sample * sample;
        }
        double count = samples.Length;
        return new ClipLevel(
            PeakDb: 20 * Math.Log10(peak),
            RmsDb: 10 * Math.Log10(energy / count),
            ClippedShare: CountClipped(samples) / count,
            DcOffset: sum / count,
            SilentShare: CountSilent(samples) / count);
    }

    /// <summary>
    /// Whether anything can be heard in a clip: 30 ms or more of it, in blocks of 10 ms, lie above −70 dBFS about their mean. Nothing can be
    /// heard in no samples, zeros, a constant, a single click.
    /// </summary>
    /// <param name="samples">The clip, of any length.</param>
    /// <param name="sampleRate">Its rate (Hz), above 0.</param>
    public static bool HasSound(ReadOnlySpan<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        int block = Math.Max(1, (int)(AudibleBlockSeconds * sampleRate));
        double nothing = Math.Pow(10, NothingDb / 10);
        int audible = 0;
        for (int start = 0; start + block <= samples.Length && audible < FewestAudibleBlocks; start += block)
        {
            if (PowerAboutMean(samples.Slice(start, block)) > nothing)
                audible++;
        }
        return audible == FewestAudibleBlocks;
    }

    private static int CountClipped(ReadOnlySpan<float> samples)
    {
        int clipped = 0;
        int run = 0;
        int side = 0;
        foreach (float sample in samples)
        {
            int sampleSide = Math.Abs(sample) >= FullScale ? Math.Sign(sample) : 0;
            run = sampleSide == side ? run + 1 : 1;
            side = sampleSide;
            if (side != 0 && run >= ShortestClippedRun)
                clipped += run == ShortestClippedRun ? ShortestClippedRun : 1;
        }
        return clipped;
    }

    private static int CountSilent(ReadOnlySpan<float> samples)
    {
        double silentPower = Math.Pow(10, SilenceDb / 10);
        int silent = 0;
        for (int start = 0; start < samples.Length; start += BlockLength)
        {
            var block = samples.Slice(start, Math.Min(BlockLength, samples.Length - start));
            if (PowerAboutMean(block) < silentPower)
                silent += block.Length;
        }
        return silent;
    }

    private static double PowerAboutMean(ReadOnlySpan<float> block)
    {
        double mean = 0;
        foreach (float sample in block)
            mean += (double)sample / block.Length;
        double power = 0;
        foreach (float sample in block)
            power += (sample - mean) * (sample - mean) / block.Length;
        return power;
    }
}
