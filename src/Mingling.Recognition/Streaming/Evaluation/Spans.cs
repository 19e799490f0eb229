namespace Mingling.Recognition.Streaming.Evaluation;

/// <summary>Stretches of a stream, in seconds: in order, apart from each other, within the stream.</summary>
internal sealed class Spans
{
    private readonly List<(double Start, double End)> _spans = [];

    /// <summary>The union of stretches, which may overlap, as far as they lie in a stream of this length.</summary>
    public Spans(IEnumerable<(double Start, double End)> stretches, double seconds)
    {
        foreach ((double from, double to) in stretches.OrderBy(stretch => stretch.Start))
        {
            (double start, double end) = (Math.Max(0, from), Math.Min(seconds, to));
            if (end <= start) continue;
            if (_spans.Count > 0 && start <= _spans[^1].End) _spans[^1] = (_spans[^1].Start, Math.Max(_spans[^1].End, end));
            else _spans.Add((start, end));
        }
    }

    /// <summary>Their length together.</summary>
    public double Seconds => _spans.Sum(span => span.End - span.Start);

    /// <summary>The length of what lies in both.</summary>
    public double CommonSeconds(Spans others)
    {
        double common = 0;
        for (int i = 0, k = 0; i < _spans.Count && k < others._spans.Count;)
        {
            (var one, var other) = (_spans[i], others._spans[k]);
            common += Math.Max(0, Math.Min(one.End, other.End) - Math.Max(one.Start, other.Start));
            if (one.End < other.End) i++;
            else k++;
        }

        return common;
    }

    /// <summary>Whether a time lies in one of them, ends included.</summary>
    public bool Contain(double time)
    {
        int after = 0;
        for (int high = _spans.Count; after < high;)
        {
            int middle = (after + high) / 2;
            if (_spans[middle].Start <= time) after = middle + 1;
            else high = middle;
        }

        return after > 0 && time <= _spans[after - 1].End;
    }
}
