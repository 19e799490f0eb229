using Mingling.MetricLearning.Pairs;
using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Miners;

/// <summary>Chooses, without gradient, the pairs of a batch that a <c>PairLoss</c> counts.</summary>
public abstract class PairMiner
{
    /// <summary>
    /// Begins the draws anew from another seed, as a training does at each epoch so that one that was stopped draws as if it had not been.
    /// Default: nothing, for miners that draw nothing.
    /// </summary>
    /// <param name="seed">The seed.</param>
    public virtual void Restart(long seed)
    {
    }

    /// <summary>Narrows a view to the chosen pairs.</summary>
    /// <param name="pairs">The pairs to choose from.</param>
    /// <returns>A view of the same rows with fewer positives and negatives.</returns>
    public PairView Choose(PairView pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        using var noGradient = no_grad();
        var (positives, negatives) = Masks(pairs);
        return pairs.Restricted(positives, negatives);
    }

    /// <summary>The chosen pairs as indices, for inspection; waits for an accelerator.</summary>
    /// <param name="embeddings">Floating-point [B, D].</param>
    /// <param name="labels">The class of each row, int64 [B].</param>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public MinedPairs Mine(Tensor embeddings, Tensor labels)
    {
        Check.Batch(embeddings, labels);
        using var scope = NewDisposeScope();
        var chosen = Choose(PairView.Within(embeddings, labels));
        return new MinedPairs(Indices(chosen.Positives), Indices(chosen.Negatives));
    }

    /// <summary>The masks of the chosen positives and negatives, bool [B, N].</summary>
    protected abstract (Tensor Positives, Tensor Negatives) Masks(PairView pairs);

    private static (long, long)[] Indices(Tensor mask)
    {
        long[] found = Indexes.ToArray(mask.nonzero());
        return [.. Enumerable.Range(0, found.Length / 2).Select(i => (found[2 * i], found[2 * i + 1]))];
    }
}
