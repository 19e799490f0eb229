namespace Mingling.Audio;

/// <summary>Adds background noise to clips at a random ratio of signal to noise.</summary>
/// <remarks>
/// The ratio is 10·log₁₀ of the clip's mean power over the mean power of the noise that is added, both over the whole clip,
/// pauses included. As with all augmentations, what is random is drawn from the <see cref="Random"/> that the caller seeds:
/// the same seed and the same calls give the same samples.
/// </remarks>
public sealed class NoiseMixer
{
    private readonly AudioClip[] _noises;
    private readonly DecibelRange _snr;

    /// <summary>Sets the noises and the range of ratios.</summary>
    /// <param name="noises">Recordings of noise, each equally likely, of the rate of the clips they are to be mixed with.</param>
    /// <param name="minSnrDb">The lowest ratio (dB): 0 is noise as strong as the clip. 5 is usual.</param>
    /// <param name="maxSnrDb">The highest ratio (dB), at least <paramref name="minSnrDb"/>. 30 is usual.</param>
    /// <exception cref="ArgumentException">There is no noise, one has no samples, or their rates differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is reversed or not finite.</exception>
    public NoiseMixer(IEnumerable<AudioClip> noises, double minSnrDb, double maxSnrDb)
    {
        ArgumentNullException.ThrowIfNull(noises);
        _noises = [.. noises];
        _snr = new DecibelRange(minSnrDb, maxSnrDb);
        if (_noises.Length == 0 || _noises.Any(noise => noise.Samples.Length == 0))
            throw new ArgumentException("Mixing takes at least one recording of noise, and samples in each.", nameof(noises));
        if (_noises.FirstOrDefault(noise => noise.SampleRate != SampleRate) is AudioClip other)
            throw new ArgumentException($"Noises have one rate, and not {SampleRate} and {other.SampleRate} Hz; resample them.", nameof(noises));
    }

    /// <summary>The rate of the noises (Hz), and so of the clips they may be mixed with.</summary>
    public int SampleRate => _noises[0].SampleRate;

    /// <summary>
    /// Adds an excerpt of a noise in place, one from a random place, or, where the noise is shorter than the clip,
    /// the noise over and over from a random place on. Samples may leave −1…1; nothing is clipped.
    /// </summary>
    /// <param name="samples">The clip. One that is all zeros stays as it is, and so does any where the excerpt is.</param>
    /// <param name="random">Where noise, place and ratio are drawn from.</param>
    /// <returns>The ratio (dB).</returns>
    public double Apply(Span<float> samples, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        float[] noise = _noises[random.Next(_noises.Length)].Samples;
        int places = noise.Length >= samples.Length ? noise.Length - Math.Max(samples.Length, 1) + 1 : noise.Length;
        int place = random.Next(places);
        double snrDb = _snr.Draw(random);
        Mix(samples, noise, place, snrDb);
        return snrDb;
    }

    /// <summary>Adds noise in place at a given ratio. Samples may leave −1…1; nothing is clipped.</summary>
    /// <param name="samples">The clip. One that is all zeros stays as it is, and so does any where the noise is.</param>
    /// <param name="noise">The noise, at least one sample, repeated where it ends before the clip.</param>
    /// <param name="place">Which sample of the noise falls on the first of the clip.</param>
    /// <param name="snrDb">The ratio (dB).</param>
    /// <exception cref="ArgumentOutOfRangeException">The place lies outside the noise.</exception>
    public static void Mix(Span<float> samples, ReadOnlySpan<float> noise, int place, double snrDb)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, noise.Length);

        double signalEnergy = SampleMath.Energy(samples), noiseEnergy = 0;
        for (int done = 0; done < samples.Length;)
        {
            var excerpt = Excerpt(noise, place, samples.Length, done);
            noiseEnergy += SampleMath.Energy(excerpt);
            done += excerpt.Length;
        }
        if (signalEnergy == 0 || noiseEnergy == 0)
            return;

        double factor = Math.Sqrt(signalEnergy / noiseEnergy) * Math.Pow(10, -snrDb / 20);
        for (int done = 0; done < samples.Length;)
        {
            var excerpt = Excerpt(noise, place, samples.Length, done);
            SampleMath.AddScaled(samples.Slice(done, excerpt.Length), excerpt, factor);
            done += excerpt.Length;
        }
    }

    /// <summary>The noise from sample <paramref name="done"/> of the clip on, as far as it lies in one piece.</summary>
    private static ReadOnlySpan<float> Excerpt(ReadOnlySpan<float> noise, int place, int length, int done)
    {
        int at = (int)(((long)place + done) % noise.Length);
        return noise.Slice(at, Math.Min(noise.Length - at, length - done));
    }
}
