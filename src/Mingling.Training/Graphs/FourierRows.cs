using Mingling.Audio;

namespace Mingling.Training.Graphs;

/// <summary>
/// What the front end does to the samples of a window before and in the Fourier transform, as the rows of a matrix: first those of
/// the real parts, then those of the imaginary parts. Computed in double precision.
/// </summary>
internal static class FourierRows
{
    /// <returns>[2 · frequencies, window], row by row.</returns>
    public static float[] Compute(FeatureTables tables, int frequencies)
    {
        int window = tables.Taper.Length;
        float[] rows = new float[2 * frequencies * window];
        double[] row = new double[window];
        for (int i = 0; i < 2 * frequencies; i++)
        {
            long k = i % frequencies;
            for (int n = 0; n < window; n++)
            {
                double angle = 2 * Math.PI * (k * n % tables.Settings.FftSize) / tables.Settings.FftSize;
                row[n] = (i < frequencies ? Math.Cos(angle) : -Math.Sin(angle)) * tables.Taper[n];
            }
            Undo(row, tables.Settings);
            for (int n = 0; n < window; n++) rows[i * window + n] = (float)row[n];
        }
        return rows;
    }

    /// <summary>
    /// A row r that would be applied to the conditioned window y = A·x becomes the row Aᵀ·r that is applied to the samples x
    /// themselves; A is scale, then mean, then pre-emphasis, and their transposes come in the opposite order.
    /// </summary>
    private static void Undo(double[] row, FeatureSettings settings)
    {
        double c = settings.PreEmphasis;
        if (c != 0)
        {
            // y[0] = (1 − c)·x[0] and y[n] = x[n] − c·x[n − 1].
            double first = row[0];
            for (int n = 0; n + 1 < row.Length; n++) row[n] -= c * row[n + 1];
            row[0] -= c * first;
        }
        if (settings.RemoveDcOffset)
        {
            double mean = row.Average();
            for (int n = 0; n < row.Length; n++) row[n] -= mean;
        }
        if (!settings.ScaleToInt16) return;
        for (int n = 0; n < row.Length; n++) row[n] *= 32768;
    }
}
