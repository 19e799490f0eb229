namespace Mingling.Audio.Tests;

/// <summary>
/// What two float32 front ends may differ by. Two sources: (1) the weights of filters and windows, rounded to float32 on the way
/// in the reference, and sums of squares: a thousandth of an energy, 1e-3 in the natural logarithm; (2) every bin of a float32 FFT carries noise of about the
/// unit round-off 2⁻²⁴ times the strongest amplitude of the frame, which weighs more the weaker a filter is beside that.
/// </summary>
internal static class GoldenTolerance
{
    private const double RelativeEnergy = 1e-3;
    private const double RoundOff = 1.0 / (1 << 24);

    /// <summary>Per value of a frame of mel features.</summary>
    public static double[] OfFilters(FeatureSettings settings, float[] row)
    {
        double[] amplitudes = [.. row.Select(value => Amplitude(settings, value))];
        double noise = RoundOff * amplitudes.Max();
        return [.. amplitudes.Select(amplitude => InUnits(settings, amplitude, (RelativeEnergy / 2 * amplitude) + noise))];
    }

    /// <summary>
    /// Per coefficient of a frame of MFCC, from its mel features: independent errors t of the filters add up to the root of the
    /// sum of their squares, times the factors of the cosine transform.
    /// </summary>
    public static double[] OfCepstra(FeatureSettings settings, float[] filters)
    {
        double spread = Math.Sqrt(OfFilters(settings, filters).Sum(t => t * t));
        double scale = settings.CosineNorm == CosineNorm.None ? 2 : Math.Sqrt(2.0 / filters.Length);
        return [.. Enumerable.Range(0, settings.Cepstra).Select(i => spread * scale * Lifter(settings, i))];
    }

    private static double Lifter(FeatureSettings settings, int column)
    {
        int i = settings.EnergyLast ? (column + 1) % settings.Cepstra : column;
        return settings.Lifter == 0 ? 1 : 1 + Math.Abs(settings.Lifter / 2 * Math.Sin(Math.PI * i / settings.Lifter));
    }

    private static double Amplitude(FeatureSettings settings, double value)
    {
        double energy = settings.Compression switch
        {
            FeatureCompression.None => value,
            FeatureCompression.Decibels => Math.Pow(10, value / 10),
            _ => Math.Exp(value),
        };
        return settings.SpectrumExponent == 1 ? energy : Math.Sqrt(energy);
    }

    private static double InUnits(FeatureSettings settings, double amplitude, double error)
    {
        int exponent = settings.SpectrumExponent;
        return settings.Compression switch
        {
            FeatureCompression.None => exponent == 1 ? error : (2 * amplitude * error) + (error * error),
            FeatureCompression.Decibels => 10 / Math.Log(10) * exponent * error / amplitude,
            _ => exponent * error / amplitude,
        };
    }
}
