using Mingling.MetricLearning.Evaluation;

namespace Mingling.MetricLearning.Projection;

/// <summary>
/// Eigenvalues and eigenvectors of a covariance by the one-sided Jacobi method (Hestenes 1958): rotations of pairs of rows until all
/// rows are orthogonal; a row is then an eigenvector times its eigenvalue.
/// </summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;
    private const double Orthogonal = 1e-14;
    private const double Rank = 1e-12;

    /// <summary>Decomposes a matrix; it is overwritten.</summary>
    /// <param name="matrix">Symmetric, without negative eigenvalues, [size × size].</param>
    /// <param name="size">Its side.</param>
    /// <returns>
    /// The eigenvalues, falling, and the eigenvectors, [size × size], one a row; those of eigenvalues below 1e-12 of the matrix's norm
    /// are rounding, and are given as zeros.
    /// </returns>
    internal static (double[] Values, double[] Vectors) Decompose(double[] matrix, int size)
    {
        // What is too short to be turned is no eigenvector, so that it must be too short to be given as one.
        double negligible = Rank * Norm(matrix);
        bool turned = true;
        for (int sweep = 0; sweep < MostSweeps && turned; sweep++)
        {
            turned = false;
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++) turned |= Rotate(matrix.AsSpan(p * size, size), matrix.AsSpan(q * size, size), negligible);
            }
        }
        double[] lengths = new double[size];
        for (int i = 0; i < size; i++) lengths[i] = Norm(matrix.AsSpan(i * size, size));
        int[] order = Enumerable.Range(0, size).OrderByDescending(i => lengths[i]).ToArray();
        var (values, vectors) = (new double[size], new double[size * size]);
        for (int i = 0; i < size; i++)
        {
            double length = lengths[order[i]];
            if (length <= negligible) break;
            values[i] = length;
            for (int k = 0; k < size; k++) vectors[i * size + k] = matrix[order[i] * size + k] / length;
        }
        return (values, vectors);
    }

    /// <summary>Makes two rows orthogonal; says whether they were not.</summary>
    private static bool Rotate(Span<double> a, Span<double> b, double negligible)
    {
        double aa = VectorMath.Dot(a, a), bb = VectorMath.Dot(b, b), ab = VectorMath.Dot(a, b);
        if (Math.Abs(ab) <= Orthogonal * Math.Sqrt(aa * bb) || Math.Min(aa, bb) <= negligible * negligible) return false;
        double zeta = (bb - aa) / (2 * ab);
        double tangent = Math.CopySign(1 / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta)), zeta);
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        for (int k = 0; k < a.Length; k++)
        {
            var (x, y) = (a[k], b[k]);
            a[k] = cosine * x - sine * y;
            b[k] = sine * x + cosine * y;
        }
        return true;
    }

    private static double Norm(ReadOnlySpan<double> values) => Math.Sqrt(VectorMath.Dot(values, values));
}
