namespace Mingling.Training.Runs;

/// <summary>What a training sets out to do.</summary>
/// <param name="Classes">The number of classes.</param>
/// <param name="TrainingClips">Clips to learn from.</param>
/// <param name="ValidationClips">Clips to measure on after each epoch.</param>
/// <param name="Parameters">Trainable values of encoder and classifier.</param>
/// <param name="FirstEpoch">The epoch to begin with, from 1; above 1 after an interruption.</param>
/// <param name="Epochs">All epochs.</param>
public sealed record TrainingStart(int Classes, int TrainingClips, int ValidationClips, long Parameters, int FirstEpoch, int Epochs);

/// <summary>One step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step of the epoch, from 1.</param>
/// <param name="Steps">The steps of an epoch.</param>
/// <param name="Loss">The loss of the batch and its parts.</param>
/// <param name="ClipsPerSecond">Clips since the epoch began, by the clock.</param>
public sealed record StepReport(int Epoch, int Step, int Steps, LossParts Loss, double ClipsPerSecond);

/// <summary>One epoch; a line of a run's history.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The training loss and its parts, means over the epoch.</param>
/// <param name="TrainingAccuracy">
/// Share of the augmented training clips that were recognised during the epoch; null where softmax is no part of the loss or clips are mixed.
/// </param>
/// <param name="ValidationAccuracy">Share of the validation clips that are recognised; null without validation clips.</param>
/// <param name="ValidationLoss">Cross-entropy on the validation clips; null without.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Seconds">Time for training and validation.</param>
/// <param name="ClipsPerSecond">Training clips per second, validation left out.</param>
/// <param name="Best">Whether this epoch's weights are the best so far.</param>
/// <param name="Embeddings">What the embeddings look like.</param>
public sealed record EpochReport(int Epoch, LossParts Loss, double? TrainingAccuracy, double? ValidationAccuracy, double? ValidationLoss,
    double LearningRate, double Seconds, double ClipsPerSecond, bool Best, EmbeddingReport Embeddings);
