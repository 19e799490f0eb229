namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>
/// The rate of rare events that a count allows: the exact interval of Garwood (1936), "Fiducial limits for the Poisson distribution".
/// </summary>
/// <param name="Lower">The lower end of the two-sided 95 % interval, events per hour.</param>
/// <param name="Upper">The upper end of the two-sided 95 % interval, events per hour; infinite where nothing was observed.</param>
/// <param name="AtMost">The one-sided 95 % bound: what can be claimed as "fewer than"; 3/T for no event in T hours.</param>
public sealed record PoissonInterval(double Lower, double Upper, double AtMost)
{
    private const double Doubt = 0.05;

    /// <summary>Computes the interval.</summary>
    /// <param name="events">The events that were counted, 0 or more.</param>
    /// <param name="hours">The hours of observation, 0 or more.</param>
    public static PoissonInterval FromCount(int events, double hours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        if (hours == 0) return new(0, double.PositiveInfinity, double.PositiveInfinity);
        double lower = events == 0 ? 0 : MeanWithProbability(events - 1, 1 - (Doubt / 2));
        return new(lower / hours, MeanWithProbability(events, Doubt / 2) / hours, MeanWithProbability(events, Doubt) / hours);
    }

    /// <summary>The mean of the Poisson distribution that gives at most <paramref name="count"/> events with this probability.</summary>
    private static double MeanWithProbability(int count, double probability)
    {
        // The probability falls with the mean.
        double low = 0, high = count + (10 * Math.Sqrt(count + 1)) + 10;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (AtMostProbability(count, middle) > probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>P(X ≤ count): the largest term first, in logarithms, and the others relative to it on the way down.</summary>
    private static double AtMostProbability(int count, double mean)
    {
        if (mean == 0) return 1;
        int top = Math.Min(count, (int)mean);
        double logTop = -mean + (top * Math.Log(mean));
        for (int i = 2; i <= top; i++) logTop -= Math.Log(i);
        double sum = 1, term = 1;
        for (int i = top; i > 0 && term > 1e-18; i--) sum += term *= i / mean;
        term = 1;
        for (int i = top + 1; i <= count && term > 1e-18; i++) sum += term *= mean / i;
        return Math.Min(1, Math.Exp(logTop) * sum);
    }
}
