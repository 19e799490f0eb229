using Mingling.MetricLearning.Tensors;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// A few-shot loss of episodes: every class of the batch has the same number of samples. A sampler of P classes × K samples makes such batches.
/// </summary>
/// <remarks>A sample weight weighs the term of a query; a prototype is the plain mean of its samples.</remarks>
public abstract class EpisodeLoss : EmbeddingLoss
{
    private protected EpisodeLoss(string name, int shots, Reduction? reduction) : base(name, reduction ?? Reduction.Mean) =>
        Shots = Check.AtLeast(shots, 2, nameof(shots));

    /// <summary>The number of samples of each class in a batch.</summary>
    public int Shots { get; }

    /// <inheritdoc/>
    public override BatchRequirement Batches => BatchRequirement.Episodes(Shots);

    /// <summary>The loss of episodes that are already apart.</summary>
    /// <param name="episodes">Floating-point [classes, shots, D].</param>
    /// <returns>A 0-dimensional tensor with gradient, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The tensor does not have three dimensions or another number of shots.</exception>
    public Tensor OfEpisodes(Tensor episodes)
    {
        if (episodes.dim() != 3 || episodes.shape[1] != Shots)
            throw new ArgumentException($"{nameof(episodes)} must have the shape [classes, {Shots}, D].", nameof(episodes));
        using var scope = NewDisposeScope();
        return OfClasses(Precision.AtLeastSingle(episodes), arange(episodes.shape[0], device: episodes.device), null).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected sealed override Tensor Compute(LossBatch batch)
    {
        if (batch.Embeddings.shape[0] % Shots != 0)
            throw new ArgumentException($"A batch of {batch.Embeddings.shape[0]} rows does not hold {Shots} samples of every class.", nameof(batch));
        var order = batch.Labels.sort(0, stable: true).Indices;
        var labels = batch.Labels.index_select(0, order).view(-1, Shots);
        CheckEqualShots(labels);
        var episodes = batch.Embeddings.index_select(0, order).view(-1, Shots, batch.Embeddings.shape[1]);
        return OfClasses(episodes, labels.select(1, 0), batch.SampleWeights?.index_select(0, order).view(-1, Shots));
    }

    /// <summary>Those of the samples of a class that are queries: [classes, shots, …] → [classes, queries, …].</summary>
    private protected abstract Tensor QueriesOf(Tensor samples);

    /// <summary>The term of each query: [classes, shots, D] → [classes, queries].</summary>
    private protected abstract Tensor Terms(Tensor episodes);

    /// <summary>Cross-entropy of logits over the classes: [classes, queries, classes] → [classes, queries].</summary>
    private protected static Tensor OwnClassEntropy(Tensor logits) => logits.logsumexp(2) - logits.diagonal(0, 0, 2).t();

    private Tensor OfClasses(Tensor episodes, Tensor classes, Tensor? sampleWeights)
    {
        var terms = Terms(episodes);
        var weights = sampleWeights is null ? null : QueriesOf(sampleWeights).reshape(-1);
        return Reduction.Apply(LossTerms.PerSample(terms.reshape(-1)), classes.repeat_interleave(terms.shape[1]), weights);
    }

    private void CheckEqualShots(Tensor labels)
    {
        if (labels.device_type != TorchSharp.DeviceType.CPU) return;
        bool equal = labels.eq(labels.narrow(1, 0, 1)).all().item<bool>();
        var firsts = labels.select(1, 0);
        bool distinct = firsts.narrow(0, 1, firsts.shape[0] - 1).ne(firsts.narrow(0, 0, firsts.shape[0] - 1)).all().item<bool>();
        if (!equal || !distinct) throw new ArgumentException($"Every class of the batch must have exactly {Shots} samples.", nameof(labels));
    }
}
