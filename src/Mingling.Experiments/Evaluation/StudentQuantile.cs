namespace Mingling.Experiments.Evaluation;

/// <summary>Student’s t distribution: the probability of an interval around 0, and the quantile that 95 % intervals need.</summary>
internal static class StudentQuantile
{
    private const double Largest = 13;
    private const int Halvings = 60;

    /// <summary>t with P(|T| ≤ t) = 0.95.</summary>
    /// <param name="freedom">The degrees of freedom, at least 1.</param>
    public static double TwoSided95(int freedom)
    {
        // 12.706 at one degree of freedom is the greatest.
        double low = 0, high = Largest;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (Within(middle, freedom) < 0.95) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>P(|T| ≤ t) in closed form (Abramowitz and Stegun, 26.7.3 and 26.7.4).</summary>
    public static double Within(double t, int freedom)
    {
        double angle = Math.Atan(t / Math.Sqrt(freedom)), cos = Math.Cos(angle), sin = Math.Sin(angle);
        bool odd = freedom % 2 == 1;
        double term = odd ? cos : 1, sum = freedom == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k < freedom; k += 2) sum += term *= cos * cos * (k - 1) / k;
        return odd ? 2 / Math.PI * (angle + sin * sum) : sin * sum;
    }
}
