namespace Mingling.Training.Recipes;

/// <summary>The rule by which weights follow their gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with momentum 0.9.</summary>
    Sgd,
}

/// <summary>The optimiser and its learning rate over the steps of a training.</summary>
public sealed record OptimizerSettings
{
    /// <summary>The rule. Default: AdamW.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.AdamW;

    /// <summary>The highest learning rate, reached at the end of the warm-up. Range: above 0. Default: 0.01.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Weight decay on convolution and linear weights; never on norms and biases. Range: 0 or more. Default: 0.02.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>AdamW's decay of the squared gradients' average. Range: 0 to below 1. Default: 0.99.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>
    /// The learning rate of the encoder as a share of that of the rest, for trainings that begin from trained weights; 0 freezes the encoder, its
    /// batch norms included. Range: 0 to 1. Default: 1.
    /// </summary>
    public double EncoderRate { get; init; } = 1;

    /// <summary>The share of all steps in which the rate rises linearly from 0. Range: 0 to 1. Default: 0.08.</summary>
    public double WarmUp { get; init; } = 0.08;

    /// <summary>The learning rate of a step: linear warm-up, then half a cosine down to 0.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">All steps of the training.</param>
    public double RateAt(long step, long steps)
    {
        double warm = WarmUp * steps;
        if (step < warm) return LearningRate * (step + 1) / (warm + 1);
        return LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - warm) / Math.Max(1, steps - warm)));
    }
}
