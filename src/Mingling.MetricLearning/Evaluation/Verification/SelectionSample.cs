namespace Mingling.MetricLearning.Evaluation;

/// <summary>
/// A uniform sample without repetition of a stream of known length (Knuth, The Art of Computer Programming 2, algorithm S): each item
/// is taken with the probability still wanted / still to come.
/// </summary>
internal sealed class SelectionSample(long available, int wanted, Random random)
{
    private readonly double[] _values = new double[Math.Min(available, wanted)];
    private long _toCome = available;
    private int _taken;

    internal ReadOnlyMemory<double> Values => _values;

    /// <summary>Whether the next item of the stream belongs to the sample; if so, <see cref="Add"/> follows.</summary>
    internal bool TakesNext()
    {
        int missing = _values.Length - _taken;
        long left = _toCome--;
        // Where all that is left is wanted, nothing is left to chance.
        return missing == left || (missing > 0 && random.NextDouble() * left < missing);
    }

    internal void Add(double value) => _values[_taken++] = value;
}
