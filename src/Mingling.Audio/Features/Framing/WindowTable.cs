namespace Mingling.Audio;

/// <summary>The weights that taper a window.</summary>
internal static class WindowTable
{
    public static float[] Create(FeatureSettings settings)
    {
        int w = settings.WindowSamples;
        float[] table = new float[w];
        for (int n = 0; n < w; n++)
        {
            table[n] = (float)(settings.Window switch
            {
                WindowShape.Hann => Cosine(0.5, n, w),
                WindowShape.HannSymmetric => Cosine(0.5, n, w - 1),
                WindowShape.Hamming => Cosine(0.54, n, w),
                WindowShape.HammingSymmetric => Cosine(0.54, n, w - 1),
                WindowShape.Povey => Math.Pow(Cosine(0.5, n, w - 1), 0.85),
                WindowShape.BlackmanSymmetric => Blackman(settings.BlackmanCoefficient, n, w - 1),
                _ => 1,
            });
        }

        return table;
    }

    private static double Cosine(double mean, int n, int period) => mean - ((1 - mean) * Math.Cos(2 * Math.PI * n / period));

    private static double Blackman(double mean, int n, int period) =>
        mean - (0.5 * Math.Cos(2 * Math.PI * n / period)) + ((0.5 - mean) * Math.Cos(4 * Math.PI * n / period));
}
