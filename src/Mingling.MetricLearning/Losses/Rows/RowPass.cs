using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The way of a loss of cosines, or of distances of unit rows, on the CPU in float32: one product gives all similarities s = u uᵀ; one pass over
/// each row of them gives the anchor's value and, in the place of the similarities, the slopes ∂value/∂s; one product of slopes and rows gives the
/// gradient, or, where few slopes are not 0, a sum of rows. The general way takes three products and some twenty passes, and gives the same but for rounding;
/// it is taken for all else.
/// </summary>
internal static class RowPass
{
    private const int Lanes = 8, FewRows = 128;

    /// <summary>Whether a batch can go this way: nothing else asks for single terms, and there is a gradient to compute.</summary>
    public static bool Suits(LossBatch batch, Reduction reduction) =>
        reduction.Kind != ReductionKind.None && batch.Embeddings.device_type == DeviceType.CPU && batch.Embeddings.dtype == ScalarType.Float32
        && batch.Embeddings.requires_grad && is_grad_enabled();

    /// <summary>The loss of a batch, inside a dispose scope.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">What is computed of each row.</param>
    /// <param name="reduce">Reduces the terms of the anchors.</param>
    public static Tensor Compute(LossBatch batch, RowLoss loss, Func<LossTerms, Tensor> reduce)
    {
        var units = UnitRows.Normalize(batch.Embeddings);
        var slopes = mm(units.Values, units.Values.t()); // s, then ∂value/∂s of the row's anchor, [B, B]
        var terms = RowTerms.Of((int)slopes.shape[0]);
        Run(loss, units.Values, slopes, RowClasses.Number(batch.Labels), terms);
        var reduced = reduce(terms.Terms);
        var gradient = SymmetricSlopes.Gradient(slopes, terms.WeightsIn(reduced), units.Values); // ∂L/∂u, [B, D]
        units.Project(gradient);
        return Carry(reduced, (batch.Embeddings, gradient));
    }

    /// <summary>A value whose gradient is known: Σ x·∂L/∂x has it, and its own value is taken off again.</summary>
    /// <param name="value">The loss, 0-dimensional.</param>
    /// <param name="known">What it depends on, and the gradient with respect to it.</param>
    public static Tensor Carry(Tensor value, params ReadOnlySpan<(Tensor Of, Tensor Gradient)> known)
    {
        Tensor? carrier = null;
        foreach (var (of, gradient) in known)
        {
            var part = (of * gradient).sum();
            carrier = carrier is null ? part : carrier + part;
        }
        return carrier! + (value.detach() - carrier!.detach());
    }

    private static void Run(RowLoss loss, Tensor rows, Tensor slopes, int[] classes, RowTerms terms)
    {
        int count = (int)slopes.shape[0], padded = (count + Lanes - 1) / Lanes * Lanes;
        Array.Resize(ref classes, padded);
        Array.Fill(classes, RowLoss.Nobody, count, padded - count);
        loss.Begin(rows, padded);
        RowThreads.For(count, (first, end) =>
        {
            var own = loss.ForThread();
            // Of its own, because the anchor's own place is marked in it.
            int[] columns = [.. classes];
            float[] row = new float[padded];
            var matrix = UnitRows.Floats(slopes);
            var (value, valid, active) = terms.Places;
            for (int i = first; i < end; i++)
            {
                var part = matrix.Slice(i * count, count);
                part.CopyTo(row);
                columns[i] = RowLoss.Nobody;
                (value[i], valid[i], active[i]) = own.Run(row, columns, i, classes[i]);
                columns[i] = classes[i];
                row.AsSpan(0, count).CopyTo(part);
            }
        }, FewRows);
    }
}
