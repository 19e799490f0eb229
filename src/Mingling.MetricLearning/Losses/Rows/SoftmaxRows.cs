using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The cross-entropy of scaled cosines in which that of the own class has a margin, in passes over the row of each sample.</summary>
/// <param name="scale">The scale s of the logits.</param>
/// <param name="target">What takes the place of the own class's cosine, and its derivative.</param>
internal sealed class SoftmaxRows(double scale, Func<float, (float Value, float Slope)> target)
{
    private const int Lanes = 8;

    /// <summary>The loss of a batch, inside a dispose scope.</summary>
    /// <param name="embeddings">Float32 [B, D].</param>
    /// <param name="vectors">[C, D].</param>
    /// <param name="labels">Int64 [B].</param>
    /// <param name="reduce">Reduces the terms of the samples.</param>
    public Tensor Compute(Tensor embeddings, Tensor vectors, Tensor labels, Func<LossTerms, Tensor> reduce)
    {
        var pass = new ProxyPass(embeddings, vectors);
        int count = (int)embeddings.shape[0], classes = (int)vectors.shape[0];
        var terms = RowTerms.Of(count);
        var own = labels.contiguous();
        RowThreads.For(count, (first, end) =>
        {
            float[] row = new float[(classes + Lanes - 1) / Lanes * Lanes];
            // What fills up the last vector has no share.
            Array.Fill(row, float.NegativeInfinity);
            var places = terms.Places;
            var label = MemoryMarshal.Cast<byte, long>(own.bytes);
            for (int i = first; i < end; i++)
            {
                var cosines = UnitRows.Floats(pass.Cosines).Slice(i * classes, classes);
                cosines.CopyTo(row);
                float value = Run(row, (int)label[i]);
                (places.Values[i], places.Valid[i], places.Active[i]) = (value, 1, value > 0 ? 1 : 0);
                row.AsSpan(0, classes).CopyTo(cosines);
                row.AsSpan(classes).Fill(float.NegativeInfinity);
            }
        });
        var reduced = reduce(terms.Terms);
        pass.Cosines.mul_(terms.WeightsIn(reduced).unsqueeze(1));
        return pass.Carry(reduced);
    }

    private float Run(Span<float> row, int own)
    {
        var (moved, slope) = target(row[own]);
        row[own] = moved;
        Vector256<float> most = Vector256.Create(float.NegativeInfinity), factor = Vector256.Create((float)scale), sum = default;
        for (int at = 0; at < row.Length; at += Lanes) most = Vector256.Max(most, Vector256.Create<float>(row[at..]));
        float top = RowLoss.Largest(most);
        most = Vector256.Create(top);
        for (int at = 0; at < row.Length; at += Lanes)
        {
            var share = Vector256.Exp((Vector256.Create<float>(row[at..]) - most) * factor);
            sum += share;
            share.CopyTo(row[at..]);
        }
        double all = Vector256.Sum(sum);
        UnitRows.Scale(row, (float)(scale / all), row);
        // Its share as the sum of the others' would be nearer where the share is near 1; the general way computes it like this too.
        row[own] = (row[own] - (float)scale) * slope;
        return (float)(Math.Log(all) + (scale * (top - moved)));
    }
}
