using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>For each proxy log(1 + Σ_p e^{−α(s − δ)}) of its own samples and log(1 + Σ_n e^{α(s + δ)}) of all others, in passes over its row of cosines.</summary>
internal sealed class ProxyAnchorRows(double margin, double alpha)
{
    private const int Lanes = 8;

    /// <summary>The loss of a batch, inside a dispose scope.</summary>
    /// <param name="proxies">[C, D].</param>
    /// <param name="embeddings">Float32 [B, D].</param>
    /// <param name="labels">Int64 [B].</param>
    /// <param name="reduce">Reduces the terms of the proxies.</param>
    public Tensor Compute(Tensor proxies, Tensor embeddings, Tensor labels, Func<LossTerms, Tensor> reduce)
    {
        var pass = new ProxyPass(proxies, embeddings);
        int count = (int)proxies.shape[0], samples = (int)embeddings.shape[0], padded = (samples + Lanes - 1) / Lanes * Lanes;
        int[] classes = new int[padded];
        Array.Fill(classes, RowLoss.Nobody);
        var given = MemoryMarshal.Cast<byte, long>(labels.contiguous().bytes);
        for (int i = 0; i < samples; i++) classes[i] = (int)given[i];
        RowTerms pull = RowTerms.Of(count), push = RowTerms.Of(count);
        RowThreads.For(count, (first, end) =>
        {
            float[] row = new float[padded];
            Places pulls = pull.Places, pushes = push.Places;
            for (int c = first; c < end; c++)
            {
                var cosines = UnitRows.Floats(pass.Cosines).Slice(c * samples, samples);
                cosines.CopyTo(row);
                (pulls.Values[c], pushes.Values[c], pulls.Valid[c]) = Run(row, classes, c);
                pushes.Valid[c] = 1;
                (pulls.Active[c], pushes.Active[c]) = (pulls.Values[c] > 0 ? 1 : 0, pushes.Values[c] > 0 ? 1 : 0);
                row.AsSpan(0, samples).CopyTo(cosines);
            }
        });
        var reduced = reduce(pull.Terms) + reduce(push.Terms);
        float[] ofPulls = [.. UnitRows.Floats(pull.WeightsIn(reduced, more: true))], ofPushes = [.. UnitRows.Floats(push.WeightsIn(reduced))];
        RowThreads.For(count, (first, end) =>
        {
            for (int c = first; c < end; c++)
            {
                var slopes = UnitRows.Floats(pass.Cosines).Slice(c * samples, samples);
                for (int i = 0; i < samples; i++) slopes[i] *= classes[i] == c ? ofPulls[c] : ofPushes[c];
            }
        });
        return pass.Carry(reduced);
    }

    private (float Pull, float Push, float Valid) Run(Span<float> row, ReadOnlySpan<int> classes, int own)
    {
        Vector256<int> ownClass = Vector256.Create(own), nobody = Vector256.Create(RowLoss.Nobody);
        Vector256<float> rise = Vector256.Create((float)alpha), shift = Vector256.Create((float)margin), none = Vector256.Create(float.NegativeInfinity), mostPull = none, mostPush = none;
        for (int at = 0; at < row.Length; at += Lanes)
        {
            var (same, other) = Sides(classes, at);
            var power = Power(Vector256.Create<float>(row[at..]), same);
            mostPull = Vector256.Max(mostPull, Vector256.ConditionalSelect(same, power, none));
            mostPush = Vector256.Max(mostPush, Vector256.ConditionalSelect(other, power, none));
        }
        float topPull = RowLoss.Largest(mostPull), topPush = RowLoss.Largest(mostPush);
        bool pulls = !float.IsInfinity(topPull), pushes = !float.IsInfinity(topPush);
        Vector256<float> ofPull = Vector256.Create(pulls ? topPull : 0), ofPush = Vector256.Create(pushes ? topPush : 0), pullSum = default, pushSum = default;
        for (int at = 0; at < row.Length; at += Lanes)
        {
            var (same, other) = Sides(classes, at);
            var counts = same | other;
            var share = Vector256.Exp((Power(Vector256.Create<float>(row[at..]), same) - Vector256.ConditionalSelect(same, ofPull, ofPush)) & counts) & counts;
            pullSum += share & same;
            pushSum += share & other;
            share.CopyTo(row[at..]);
        }
        double allPull = Vector256.Sum(pullSum), allPush = Vector256.Sum(pushSum);
        var (pull, pullSlope) = pulls ? RowLoss.Softplus(topPull + Math.Log(allPull)) : (0, 0);
        var (push, pushSlope) = pushes ? RowLoss.Softplus(topPush + Math.Log(allPush)) : (0, 0);
        Vector256<float> onPull = Vector256.Create(pulls ? (float)(-alpha * pullSlope / allPull) : 0), onPush = Vector256.Create(pushes ? (float)(alpha * pushSlope / allPush) : 0);
        for (int at = 0; at < row.Length; at += Lanes)
        {
            var (same, _) = Sides(classes, at);
            (Vector256.Create<float>(row[at..]) * Vector256.ConditionalSelect(same, onPull, onPush)).CopyTo(row[at..]);
        }
        return ((float)pull, (float)push, pulls ? 1 : 0);

        Vector256<float> Power(Vector256<float> s, Vector256<float> same) => Vector256.ConditionalSelect(same, shift - s, s + shift) * rise;

        (Vector256<float> Same, Vector256<float> Other) Sides(ReadOnlySpan<int> classes, int at)
        {
            var these = Vector256.Create(classes[at..]);
            var same = Vector256.Equals(these, ownClass);
            return (same.AsSingle(), (~(same | Vector256.Equals(these, nobody))).AsSingle());
        }
    }
}
