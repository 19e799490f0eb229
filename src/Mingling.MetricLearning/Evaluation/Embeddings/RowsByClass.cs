namespace Mingling.MetricLearning.Evaluation;

/// <summary>Which rows belong to which class: labels made dense, and the rows of each class side by side.</summary>
internal sealed class RowsByClass
{
    private readonly int[] _rowsByClass;
    private readonly int[] _start;

    internal RowsByClass(ReadOnlySpan<long> labels)
    {
        Labels = labels.ToArray().Distinct().Order().ToArray();
        ClassOfRow = new int[labels.Length];
        _start = new int[Labels.Length + 1];
        for (int row = 0; row < labels.Length; row++)
        {
            int c = Array.BinarySearch(Labels, labels[row]);
            ClassOfRow[row] = c;
            _start[c + 1]++;
        }
        for (int c = 0; c < Labels.Length; c++) _start[c + 1] += _start[c];
        _rowsByClass = new int[labels.Length];
        int[] next = _start.AsSpan(0, Labels.Length).ToArray();
        for (int row = 0; row < labels.Length; row++) _rowsByClass[next[ClassOfRow[row]]++] = row;
    }

    /// <summary>The distinct labels in rising order; the position of a label is its class.</summary>
    internal long[] Labels { get; }

    /// <summary>The class of each row.</summary>
    internal int[] ClassOfRow { get; }

    internal int Count => Labels.Length;

    /// <summary>The rows of a class in rising order.</summary>
    internal ReadOnlySpan<int> Rows(int c) => _rowsByClass.AsSpan(_start[c], Size(c));

    internal int Size(int c) => _start[c + 1] - _start[c];

    /// <summary>The class that carries a label, or −1.</summary>
    internal int Find(long label) => Math.Max(-1, Array.BinarySearch(Labels, label));
}
