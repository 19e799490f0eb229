namespace Mingling.MetricLearning.Projection;

/// <summary>The conditional probabilities of t-SNE: p_j|i ∝ exp(−β_i d²_ij), with β_i such that their perplexity is the one asked for.</summary>
internal static class Perplexities
{
    private const int MostSteps = 200;
    private const double Tolerance = 1e-7;

    /// <summary>
    /// Turns squared distances to neighbours into probabilities that sum to 1 and whose entropy is ln(perplexity), by bisection of β.
    /// Where more than that many neighbours are equally near, the entropy cannot fall so far, and they share alike.
    /// </summary>
    /// <param name="distances">Squared distances, at least one; probabilities afterwards.</param>
    /// <param name="perplexity">From 1 to the number of neighbours.</param>
    internal static void ToProbabilities(Span<double> distances, double perplexity)
    {
        // A common shift changes no probability and keeps the nearest from vanishing; the mean makes β free of units.
        var (nearest, mean) = (double.PositiveInfinity, 0.0);
        foreach (double d in distances) nearest = Math.Min(nearest, d);
        foreach (ref double d in distances)
        {
            d -= nearest;
            mean += d / distances.Length;
        }
        var (beta, low, high) = (1.0, 0.0, double.PositiveInfinity);
        if (mean > 0)
        {
            foreach (ref double d in distances) d /= mean;
            for (int step = 0; step < MostSteps; step++)
            {
                double excess = Entropy(distances, beta) - Math.Log(perplexity);
                if (Math.Abs(excess) < Tolerance) break;
                if (excess > 0) low = beta;
                else high = beta;
                beta = double.IsFinite(high) ? (low + high) / 2 : 2 * beta;
            }
        }
        double sum = 0.0;
        foreach (ref double d in distances) sum += d = Math.Exp(-beta * d);
        foreach (ref double d in distances) d /= sum;
    }

    private static double Entropy(ReadOnlySpan<double> distances, double beta)
    {
        var (sum, weighted) = (0.0, 0.0);
        foreach (double d in distances)
        {
            double p = Math.Exp(-beta * d);
            sum += p;
            weighted += p * d;
        }
        return Math.Log(sum) + beta * weighted / sum;
    }
}
