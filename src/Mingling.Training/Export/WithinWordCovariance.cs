using Mingling.Training.Models;
using static TorchSharp.torch;

namespace Mingling.Training.Export;

/// <summary>
/// Centers and whitens embeddings by their covariance within words (within-class covariance normalization, Hatch, Kajarekar and Stolcke 2006):
/// e → A(e − μ) with A = (Σ + λ·v̄·I)^(−1/2), where v̄ is the mean of the variances within words. A is scaled so that the mean variance of what
/// comes out is 1.
/// </summary>
internal sealed class WithinWordCovariance : IDisposable
{
    private WithinWordCovariance(Tensor mean, Tensor whitening) => (Mean, Whitening) = (mean.DetachFromDisposeScope(), whitening.DetachFromDisposeScope());

    /// <summary>μ, float64 [D].</summary>
    public Tensor Mean { get; }

    /// <summary>A, float64 [D, D].</summary>
    public Tensor Whitening { get; }

    /// <param name="embeddings">The embeddings of clips, more clips than words.</param>
    /// <param name="words">The word of each.</param>
    /// <param name="shrinkage">λ, above 0.</param>
    public static WithinWordCovariance Measure(IReadOnlyList<float[]> embeddings, IReadOnlyList<string> words, double shrinkage)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        long size = embeddings[0].Length;
        var all = tensor([.. embeddings.SelectMany(row => row.Select(x => (double)x))], [embeddings.Count, size]);
        var index = ClassNumbers.ByName([.. words.Distinct()]);
        var labels = tensor(words.Select(word => (long)index[word]).ToArray());
        var counts = zeros(index.Count, dtype: ScalarType.Float64).index_add(0, labels, ones(words.Count, dtype: ScalarType.Float64), 1);
        var means = zeros(index.Count, size, dtype: ScalarType.Float64).index_add(0, labels, all, 1) / counts.unsqueeze(1);
        var within = all - means.index_select(0, labels);
        var covariance = within.t().matmul(within) / Math.Max(1, words.Count - index.Count);
        // The smallest term keeps embeddings without any spread finite.
        covariance = covariance + (covariance.diagonal().mean() * shrinkage + 1e-12) * eye(size, dtype: ScalarType.Float64);
        var (values, vectors) = linalg.eigh(covariance);
        var whitening = (vectors / values.sqrt()).matmul(vectors.t());
        var mean = all.mean([0]);
        var spread = (all - mean).matmul(whitening).square().mean().sqrt();
        return new WithinWordCovariance(mean, whitening / spread.clamp_min(1e-12));
    }

    public void Dispose()
    {
        Mean.Dispose();
        Whitening.Dispose();
    }
}
