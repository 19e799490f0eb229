namespace Mingling.MetricLearning.Joint;

/// <summary>What losses need to know of the model and the batches when they are made.</summary>
/// <param name="Classes">The number of classes C, at least 1.</param>
/// <param name="Dimension">The number of features D of an embedding, at least 1.</param>
/// <param name="Shots">The samples of each class in a batch, for the few-shot losses that name no number of their own.</param>
/// <param name="Seed">The seed of weights and draws.</param>
/// <param name="LabelSmoothing">The label smoothing ε of <c>softmax</c> where the expression gives none, 0 … 1.</param>
public sealed record LossContext(int Classes, int Dimension, int Shots = 8, long Seed = 0, double LabelSmoothing = 0);
