using System.Runtime.InteropServices;
using Mingling.MetricLearning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// The way of a loss of cosines, or of distances of unit rows, on the CPU in float32: one product gives all similarities s = u uᵀ; one pass over
/// each row of them gives the anchor's value and, in the place of the similarities, the slopes ∂value/∂s; one product of slopes and rows gives the
/// gradient. The general way takes three products and some twenty passes, and gives the same but for rounding; it is taken for all else.
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
        var units = Normalization.L2(batch.Embeddings); // [B, D]
        var rows = units.detach();
        var slopes = mm(rows, rows.t()); // s, then ∂value/∂s of the row's anchor, [B, B]
        Tensor values = zeros(slopes.shape[0]), valid = zeros_like(values), active = zeros_like(values); // [B]
        Run(loss, rows, slopes, batch.Labels, values, valid, active);

        // How much each anchor's value counts in the reduced loss.
        values.requires_grad_();
        var reduced = reduce(new LossTerms(values, valid, () => active));
        var weights = autograd.grad([reduced], [values])[0]; // [B]
        slopes.mul_(weights.unsqueeze(1));
        var gradient = mm(slopes + slopes.t(), rows); // ∂L/∂u, [B, D]
        var carrier = (units * gradient).sum();
        return carrier + (reduced.detach() - carrier.detach());
    }

    private static void Run(RowLoss loss, Tensor rows, Tensor slopes, Tensor labels, Tensor values, Tensor valid, Tensor active)
    {
        int count = (int)slopes.shape[0], padded = (count + Lanes - 1) / Lanes * Lanes;
        int[] classes = Classes(labels, count, padded);
        loss.Begin(rows, padded);
        int threads = Math.Min(get_num_threads(), count / FewRows);
        if (threads <= 1) Part(0, count);
        else Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => Part(count * part / threads, count * (part + 1) / threads));

        void Part(int first, int end)
        {
            // Of its own, because the anchor's own place is marked in it.
            int[] own = [.. classes];
            float[] row = new float[padded];
            var matrix = Floats(slopes);
            Span<float> value = Floats(values), isValid = Floats(valid), isActive = Floats(active);
            for (int i = first; i < end; i++)
            {
                var part = matrix.Slice(i * count, count);
                part.CopyTo(row);
                own[i] = RowLoss.Nobody;
                (value[i], isValid[i], isActive[i]) = loss.Run(row, own, i, classes[i]);
                own[i] = classes[i];
                row.AsSpan(0, count).CopyTo(part);
            }
        }
    }

    /// <summary>The classes as numbers from 0; what is beyond the batch is of none.</summary>
    private static int[] Classes(Tensor labels, int count, int padded)
    {
        var numbers = new Dictionary<long, int>();
        int[] classes = new int[padded];
        Array.Fill(classes, RowLoss.Nobody);
        var given = MemoryMarshal.Cast<byte, long>(labels.contiguous().bytes);
        for (int i = 0; i < count; i++)
        {
            if (!numbers.TryGetValue(given[i], out int number)) numbers[given[i]] = number = numbers.Count;
            classes[i] = number;
        }
        return classes;
    }

    private static Span<float> Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);
}
