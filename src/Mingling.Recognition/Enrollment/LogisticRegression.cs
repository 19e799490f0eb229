namespace Mingling.Recognition.Enrollment;

/// <summary>
/// Two-class logistic regression in which both classes count as much as each other, however many examples they have:
/// min over w, b of ½·mean over positive x of ln(1 + exp(−z)) + ½·mean over negative x of ln(1 + exp(z)) + λ/2·|w|² with z = w·x + b.
/// Newton's method; each step is found by conjugate gradients and halved until the objective falls (Nocedal and Wright 2006, "Numerical
/// optimization", 7.1), so that no matrix is made.
/// </summary>
internal sealed class LogisticRegression
{
    private const int MostSteps = 50, MostHalvings = 30;
    private const double Tolerance = 1e-8, LeastFall = 1e-4;

    private readonly float[][] _examples;
    private readonly double[] _weights, _signs, _logits;
    private readonly double _decay;

    private LogisticRegression(IReadOnlyList<float[]> positive, IReadOnlyList<float[]> negative, double decay)
    {
        _examples = [.. positive, .. negative];
        _weights = [.. positive.Select(_ => 0.5 / positive.Count), .. negative.Select(_ => 0.5 / negative.Count)];
        _signs = [.. positive.Select(_ => 1.0), .. negative.Select(_ => -1.0)];
        _logits = new double[_examples.Length];
        _decay = decay;
    }

    /// <summary>Finds the weights w and, as the last value, the bias b.</summary>
    /// <param name="positive">Examples [D] of one class; at least one.</param>
    /// <param name="negative">Examples [D] of the other; at least one.</param>
    /// <param name="decay">λ, above 0.</param>
    public static double[] Fit(IReadOnlyList<float[]> positive, IReadOnlyList<float[]> negative, double decay) =>
        new LogisticRegression(positive, negative, decay).Solve(positive[0].Length + 1);

    private double[] Solve(int size)
    {
        double[] solution = new double[size], gradient = new double[size];
        double value = Evaluate(solution, gradient);
        for (int step = 0; step < MostSteps && Norm(gradient) > Tolerance; step++)
        {
            double[] direction = NewtonDirection(gradient);
            double slope = Dot(gradient, direction), length = 1;
            double[] next = solution, nextGradient = gradient;
            double nextValue = value;
            for (int halving = 0; halving < MostHalvings; halving++, length /= 2)
            {
                double[] tried = [.. solution.Zip(direction, (x, d) => x + length * d)];
                double[] slopes = new double[size];
                double reached = Evaluate(tried, slopes);
                if (reached > value + LeastFall * length * slope) continue;
                (next, nextGradient, nextValue) = (tried, slopes, reached);
                break;
            }
            // Nearer than rounding allows.
            if (ReferenceEquals(next, solution)) break;
            (solution, gradient, value) = (next, nextGradient, nextValue);
        }
        return solution;
    }

    /// <summary>The objective, its gradient, and the logits of all examples, which the curvature needs.</summary>
    private double Evaluate(double[] at, double[] gradient)
    {
        double value = 0;
        Decay(at, gradient);
        for (int i = 0; i < at.Length - 1; i++) value += _decay / 2 * at[i] * at[i];
        for (int n = 0; n < _examples.Length; n++)
        {
            _logits[n] = Logit(at, _examples[n]);
            double margin = _signs[n] * _logits[n];
            value += _weights[n] * (Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin))));
            Add(gradient, -_weights[n] * _signs[n] / (1 + Math.Exp(margin)), _examples[n]);
        }
        return value;
    }

    /// <summary>Conjugate gradients for H·d = −g, to a residual that falls with the gradient.</summary>
    private double[] NewtonDirection(double[] gradient)
    {
        int size = gradient.Length;
        double[] direction = new double[size], residual = [.. gradient.Select(g => -g)], search = [.. residual];
        double power = Dot(residual, residual), wanted = Math.Min(0.1, Math.Sqrt(Math.Sqrt(power))) * Math.Sqrt(power);
        double[] curved = new double[size];
        for (int i = 0; i < 2 * size && Math.Sqrt(power) > wanted; i++)
        {
            Curve(search, curved);
            double step = power / Dot(search, curved);
            for (int j = 0; j < size; j++)
            {
                direction[j] += step * search[j];
                residual[j] -= step * curved[j];
            }
            double next = Dot(residual, residual);
            for (int j = 0; j < size; j++) search[j] = residual[j] + next / power * search[j];
            power = next;
        }
        return direction;
    }

    /// <summary>The product of the second derivatives at the last place and a vector.</summary>
    private void Curve(double[] vector, double[] product)
    {
        Decay(vector, product);
        for (int n = 0; n < _examples.Length; n++)
        {
            double probability = 1 / (1 + Math.Exp(-_logits[n]));
            Add(product, _weights[n] * probability * (1 - probability) * Logit(vector, _examples[n]), _examples[n]);
        }
        // The bias has no decay; a little keeps the curvature above 0 where all examples are told apart.
        product[^1] += 1e-12 * vector[^1];
    }

    private void Decay(double[] at, double[] result)
    {
        for (int i = 0; i < at.Length; i++) result[i] = i < at.Length - 1 ? _decay * at[i] : 0;
    }

    private static double Logit(double[] at, float[] example)
    {
        double sum = at[^1];
        for (int i = 0; i < example.Length; i++) sum += at[i] * example[i];
        return sum;
    }

    private static void Add(double[] sum, double factor, float[] example)
    {
        for (int i = 0; i < example.Length; i++) sum[i] += factor * example[i];
        sum[^1] += factor;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Norm(double[] x) => Math.Sqrt(Dot(x, x));
}
