using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>At most K chosen triplets of each anchor.</summary>
/// <param name="Positive">The column of the positive, int64 [B, K].</param>
/// <param name="Negative">The column of the negative, int64 [B, K].</param>
/// <param name="Valid">Which slots hold a triplet, bool [B, K].</param>
public sealed record TripletSelection(Tensor Positive, Tensor Negative, Tensor Valid);
