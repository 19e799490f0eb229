using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Prototypical loss (Snell et al. 2017, eq. 2): cross-entropy of −‖q − c_k‖² of queries q, with c_k the mean of the class's support. Rows as
/// they are; the last samples of a class are its queries.
/// </summary>
public sealed class PrototypicalLoss : EpisodeLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="shots">The number of samples of each class in a batch, at least 2.</param>
    /// <param name="queries">How many of them are queries, 1 … shots − 1.</param>
    /// <param name="reduction">The reduction over the queries; null means the mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public PrototypicalLoss(int shots, int queries = 1, Reduction? reduction = null) : base(nameof(PrototypicalLoss), shots, reduction) =>
        Queries = (int)Check.Range(queries, 1, shots - 1, nameof(queries));

    /// <summary>How many samples of a class are queries.</summary>
    public int Queries { get; }

    private protected override Tensor QueriesOf(Tensor samples) => samples.narrow(1, Shots - Queries, Queries);

    private protected override Tensor Terms(Tensor episodes)
    {
        var prototypes = episodes.narrow(1, 0, Shots - Queries).mean(new long[] { 1 }); // [classes, D]
        var queries = QueriesOf(episodes).reshape(-1, episodes.shape[2]);
        var distances = new Distances.SquaredEuclideanDistance(normalize: false).Between(queries, prototypes);
        return OwnClassEntropy(distances.neg().view(episodes.shape[0], Queries, -1));
    }
}
