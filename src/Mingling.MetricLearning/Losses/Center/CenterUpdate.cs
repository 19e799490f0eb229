namespace Mingling.MetricLearning.Losses;

/// <summary>How the centres of <see cref="CenterLoss"/> follow their classes. n_j is the number of samples of class j in the batch.</summary>
public enum CenterUpdate
{
    /// <summary>
    /// c_j ← c_j − α Σ (c_j − x_i) / (1 + n_j) (Wen et al. 2016, eq. 4): a step α·n/(1+n) toward the class mean, stable for any batch.
    /// </summary>
    Paper,

    /// <summary>
    /// The centres are a parameter that the optimiser moves along the gradient of the loss; <see cref="CenterLoss.Update"/> does nothing.
    /// With the mean over the batch the step toward the class mean is α·n/B, far smaller than the paper's.
    /// </summary>
    Gradient,

    /// <summary>
    /// c_j ← c_j + α Σ (x_i − c_j): a moving average that takes one step of α for each sample at once. It diverges when α·n_j exceeds 2
    /// (α = 0.05: 40 samples of a class in a batch).
    /// </summary>
    MovingAverage,
}
