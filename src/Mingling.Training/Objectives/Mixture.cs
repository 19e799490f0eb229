using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>
/// Mixup (Zhang et al. 2018): each clip of a batch is mixed with another, λ·x + (1 − λ)·x′ with one λ ~ Beta(α, α) for the batch, and the loss
/// is λ times that of the own word plus 1 − λ times that of the other's. Draws from torch's random state.
/// </summary>
/// <param name="Features">The mixed features, [B, 1, bins, frames].</param>
/// <param name="OtherLabels">The word that was mixed in, int64 [B].</param>
/// <param name="Share">λ, of the own word: at least ½.</param>
internal sealed record Mixture(Tensor Features, Tensor OtherLabels, double Share)
{
    /// <summary>Mixes a batch, inside a dispose scope.</summary>
    public static Mixture Draw(Tensor features, Tensor labels, double alpha)
    {
        using var concentration = tensor((float)alpha);
        using var beta = distributions.Beta(concentration, concentration);
        double drawn = beta.sample().item<float>();
        double share = Math.Max(drawn, 1 - drawn); // The larger share is the own word's: the pairs are the same the other way round.
        var other = randperm(labels.shape[0]);
        var mixed = features.lerp(features.index_select(0, other), tensor((float)(1 - share)));
        return new Mixture(mixed, labels.index_select(0, other), share);
    }
}
