using Mingling.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Mingling.Training.Passes;

/// <summary>What the encoder makes of a whole batch, for the joint loss. The embeddings and the filtered features are leaves that collect the loss's gradient.</summary>
/// <param name="Embeddings">[N, D].</param>
/// <param name="Labels">The class of each, int64 [N].</param>
/// <param name="OtherLabels">The class that was mixed into each; null where clips are not mixed.</param>
/// <param name="Filter">What the dynamic filter makes of the batch; null without one.</param>
/// <param name="Taught">The posteriors of the teachers, [B, C]; null without any.</param>
internal sealed record StepEmbeddings(Tensor Embeddings, Tensor Labels, Tensor? OtherLabels, FilterOutput? Filter, Tensor? Taught);
