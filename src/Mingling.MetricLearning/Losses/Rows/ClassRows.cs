using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The way of <see cref="RowPass"/> for losses whose terms join the rows of an anchor and of its positive: what is needed of each row alone comes first, then the terms of each
/// class, then, when the weights of the anchors are known, the slopes of its rows.
/// </summary>
internal abstract class ClassRows
{
    /// <summary>Larger classes go the general way: the work grows with the square of their size.</summary>
    private const int Largest = 48;

    private const int Lanes = 8;

    /// <summary>The unit rows' products, then slopes, [B, B].</summary>
    protected Memory Matrix { get; private set; } = null!;

    /// <summary>Whether a batch can go this way.</summary>
    public static bool Suits(LossBatch batch, Reduction reduction) => RowPass.Suits(batch, reduction) && RowClasses.Largest(batch.Labels) <= Largest;

    /// <summary>The loss of a batch, inside a dispose scope.</summary>
    public static Tensor Compute(LossBatch batch, ClassRows loss, Func<LossTerms, Tensor> reduce)
    {
        var units = UnitRows.Normalize(batch.Embeddings);
        var matrix = mm(units.Values, units.Values.t());
        int count = (int)matrix.shape[0];
        int[] classes = RowClasses.Number(batch.Labels);
        int[][] members = RowClasses.Members(classes);
        loss.Matrix = new Memory(matrix, count);
        loss.Begin(units.Values, members);
        int[] padded = [.. classes, .. Enumerable.Repeat(RowLoss.Nobody, (Lanes - (count % Lanes)) % Lanes)];
        RowThreads.For(count, (first, end) =>
        {
            int[] columns = [.. padded];
            float[] row = new float[padded.Length];
            for (int i = first; i < end; i++)
            {
                loss.Matrix.Row(i).CopyTo(row);
                columns[i] = RowLoss.Nobody;
                loss.Prepare(row, columns, i, classes[i]);
                columns[i] = classes[i];
                row.AsSpan(0, count).CopyTo(loss.Matrix.Row(i));
            }
        });
        var terms = RowTerms.Of(count);
        // A class without positives or without negatives has no terms.
        bool HasTerms(int c) => members[c].Length > 1 && members[c].Length < count;
        RowThreads.For(members.Length, (first, end) =>
        {
            var places = terms.Places;
            for (int c = first; c < end; c++)
                if (HasTerms(c)) loss.Terms(c, members[c], places);
        }, least: 2);
        var reduced = reduce(terms.Terms);
        var weights = terms.WeightsIn(reduced);
        RowThreads.For(members.Length, (first, end) =>
        {
            var ofAnchors = UnitRows.Floats(weights);
            for (int c = first; c < end; c++)
            {
                if (HasTerms(c)) loss.Slopes(c, members[c], ofAnchors);
                else foreach (int i in members[c]) loss.Matrix.Row(i).Clear();
            }
        }, least: 2);
        var gradient = SymmetricSlopes.Gradient(matrix, ones(count), units.Values);
        units.Project(gradient);
        return RowPass.Carry(reduced, (batch.Embeddings, gradient));
    }

    /// <summary>Sees the unit rows and the rows of each class.</summary>
    protected abstract void Begin(Tensor rows, int[][] members);

    /// <summary>Turns the similarities of an anchor into what the terms need.</summary>
    /// <param name="row">The similarities; a whole number of vectors.</param>
    /// <param name="classes">The class of each column; <see cref="RowLoss.Nobody"/> for the anchor itself.</param>
    /// <param name="anchor">The anchor.</param>
    /// <param name="own">Its class.</param>
    protected abstract void Prepare(Span<float> row, ReadOnlySpan<int> classes, int anchor, int own);

    /// <summary>Computes the terms of the anchors of a class that has several rows, and is not the only one.</summary>
    protected abstract void Terms(int c, int[] members, Places terms);

    /// <summary>Puts the slopes of the loss into the rows of such a class.</summary>
    protected abstract void Slopes(int c, int[] members, ReadOnlySpan<float> weights);

    /// <summary>The rows of a matrix in the CPU's memory, found once: to ask a tensor for its memory costs as much as a short row.</summary>
    protected sealed unsafe class Memory
    {
        private readonly Tensor _matrix;
        private readonly float* _start;

        public Memory(Tensor matrix, int count)
        {
            (_matrix, Count) = (matrix, count);
            _start = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(UnitRows.Floats(matrix)));
        }

        public int Count { get; }

        public Span<float> Row(int i) => _matrix.IsInvalid ? throw new ObjectDisposedException(nameof(Memory)) : new Span<float>(_start + ((long)i * Count), Count);
    }
}
