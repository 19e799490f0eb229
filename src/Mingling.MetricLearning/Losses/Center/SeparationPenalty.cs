using Mingling.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>The separation term of the center loss.</summary>
internal static class SeparationPenalty
{
    /// <summary>weight · mean over the pairs of classes present; 0 when fewer than two are.</summary>
    /// <param name="centers">The centres or batch means, [C, D].</param>
    /// <param name="present">Which classes the batch holds, bool [C].</param>
    /// <param name="separation">Weight, margin and form.</param>
    public static Tensor Compute(Tensor centers, Tensor present, CenterSeparation separation)
    {
        var pairs = present.unsqueeze(0).logical_and(present.unsqueeze(1)).triu(1); // each pair once, [C, C]
        var terms = separation.Form == SeparationForm.Island
            ? new CosineSimilarity().Between(centers, centers) + 1
            : (separation.Margin - new EuclideanDistance(normalize: false).Between(centers, centers)).clamp_min(0).square();
        var kept = where(pairs, terms, zeros_like(terms));
        return kept.sum() / pairs.sum().clamp_min(1).to(kept.dtype) * separation.Weight;
    }
}
