using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// SoftTriple (Qian et al. 2019, eq. 8): every class has K centres; the similarity to a class is the mean of the cosines weighted by
/// their softmax (temperature γ), and the loss the cross-entropy of λ(S_y − δ) against λ·S_j.
/// </summary>
public sealed class SoftTripleLoss : ClassifierLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="centers">The number of centres K of a class, at least 1.</param>
    /// <param name="lambda">The scale λ, greater than 0.</param>
    /// <param name="gamma">The temperature γ among the centres, greater than 0.</param>
    /// <param name="margin">The margin δ, 0 … 2.</param>
    /// <param name="labelSmoothing">The label smoothing ε, 0 … 1.</param>
    /// <param name="reduction">The reduction over the batch; null means the mean.</param>
    /// <param name="seed">The seed of the centres.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SoftTripleLoss(
        int classes,
        int dimension,
        int centers = 10,
        double lambda = 20,
        double gamma = 0.1,
        double margin = 0.01,
        double labelSmoothing = 0,
        Reduction? reduction = null,
        long seed = 0)
        : base(nameof(SoftTripleLoss), classes, dimension, centers, labelSmoothing, reduction, seed)
    {
        Lambda = Check.Positive(lambda, nameof(lambda));
        Gamma = Check.Positive(gamma, nameof(gamma));
        Margin = Check.Range(margin, 0, 2, nameof(margin));
    }

    /// <summary>The scale λ.</summary>
    public double Lambda { get; }

    /// <summary>The temperature γ among the centres.</summary>
    public double Gamma { get; }

    /// <summary>The margin δ.</summary>
    public double Margin { get; }

    private protected override Tensor Logits(Tensor embeddings, Tensor labels)
    {
        var cosines = Cosine.Between(embeddings, Weight).view(-1, Classes, VectorsPerClass);
        var similarity = ((cosines / Gamma).softmax(2) * cosines).sum(new long[] { 2 }); // S, [B, C]
        var index = labels.unsqueeze(1);
        return similarity.scatter(1, index, similarity.gather(1, index) - Margin) * Lambda;
    }
}
