using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>A vector for each class that a loss has learned: embeddings are recognised by their cosines with them.</summary>
/// <param name="Vectors">[C, D], owned by the loss.</param>
/// <param name="Scale">The scale of the cosines in the logits of the loss, greater than 0; null where the loss has none.</param>
public sealed record ClassVectors(Tensor Vectors, double? Scale);
