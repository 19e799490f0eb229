using Mingling.MetricLearning.Distances;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The two forms of GE2E.</summary>
public enum Ge2eForm
{
    /// <summary>Cross-entropy over the centroids (eq. 6), better for text-independent speech in the paper.</summary>
    Softmax,

    /// <summary>1 − σ(S_own) + max over the others σ(S_k) (eq. 7), better for keywords in the paper.</summary>
    Contrast,
}

/// <summary>
/// Generalised end-to-end loss (Wan et al. 2018): every sample against the centroid of every class, its own computed without itself;
/// S = w·cos + b with learned w and b.
/// </summary>
public sealed class Ge2eLoss : ScaledCosineEpisodeLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="shots">The number of samples of each class in a batch, at least 2.</param>
    /// <param name="form">Softmax or contrast.</param>
    /// <param name="scale">The start of w, greater than 0.</param>
    /// <param name="offset">The start of b.</param>
    /// <param name="reduction">The reduction over the samples; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Ge2eLoss(int shots, Ge2eForm form = Ge2eForm.Softmax, double scale = 10, double offset = -5, Reduction? reduction = null)
        : base(nameof(Ge2eLoss), shots, scale, offset, reduction) => Form = form;

    /// <summary>Softmax or contrast.</summary>
    public Ge2eForm Form { get; }

    private protected override Tensor QueriesOf(Tensor samples) => samples;

    private protected override Tensor Terms(Tensor episodes)
    {
        var (classes, dimension) = (episodes.shape[0], episodes.shape[2]);
        var samples = episodes.reshape(-1, dimension);
        var sums = episodes.sum(new long[] { 1 }, keepdim: true);
        var withoutItself = ((sums - episodes) / (Shots - 1)).reshape(-1, dimension);
        var own = Cosine.Rowwise(samples, withoutItself).view(classes, Shots, 1);
        var all = Cosine.Between(samples, sums.squeeze(1) / Shots).view(classes, Shots, classes);
        var isOwn = eye(classes, dtype: ScalarType.Bool, device: episodes.device).unsqueeze(1); // [classes, 1, classes]
        var scores = Scaled(where(isOwn, own, all));
        return Form == Ge2eForm.Softmax ? OwnClassEntropy(scores) : Contrast(scores.sigmoid(), isOwn);
    }

    private static Tensor Contrast(Tensor probabilities, Tensor isOwn)
    {
        var own = Masked.Sum(probabilities, isOwn, 2);
        return 1 - own + probabilities.masked_fill(isOwn, 0).amax(new long[] { 2 });
    }
}
