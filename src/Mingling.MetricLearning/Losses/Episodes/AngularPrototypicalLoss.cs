using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Angular prototypical loss (Chung et al. 2020, "In defence of metric learning for speaker recognition"): the first sample of each class is
/// the query, the mean of the others the prototype; cross-entropy of w·cos(q, c_k) + b with learned w and b.
/// </summary>
public sealed class AngularPrototypicalLoss : ScaledCosineEpisodeLoss
{
    private static readonly CosineSimilarity Cosine = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="shots">The number of samples of each class in a batch, at least 2.</param>
    /// <param name="scale">The start of w, greater than 0.</param>
    /// <param name="offset">The start of b.</param>
    /// <param name="reduction">The reduction over the queries; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public AngularPrototypicalLoss(int shots, double scale = 10, double offset = -5, Reduction? reduction = null)
        : base(nameof(AngularPrototypicalLoss), shots, scale, offset, reduction)
    {
    }

    private protected override Tensor QueriesOf(Tensor samples) => samples.narrow(1, 0, 1);

    private protected override Tensor Terms(Tensor episodes)
    {
        var prototypes = episodes.narrow(1, 1, Shots - 1).mean(new long[] { 1 }); // [classes, D]
        return OwnClassEntropy(Scaled(Cosine.Between(QueriesOf(episodes).squeeze(1), prototypes)).unsqueeze(1));
    }
}
