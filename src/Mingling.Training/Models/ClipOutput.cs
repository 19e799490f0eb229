namespace Mingling.Training.Models;

/// <summary>What a model says of a clip.</summary>
/// <param name="Posteriors">The probability of each class; they sum to 1.</param>
/// <param name="Embedding">The embedding, of the encoder's size.</param>
public sealed record ClipOutput(float[] Posteriors, float[] Embedding)
{
    /// <summary>The most probable class, the first of equals.</summary>
    public int Best => Posteriors.AsSpan().IndexOf(Posteriors.Max());
}
