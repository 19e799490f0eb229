using Mingling.MetricLearning.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.MetricLearning.Losses;

/// <summary>
/// Proxy-Anchor (Kim et al. 2020, eq. 4): every class proxy is an anchor. The mean over classes present of
/// log(1 + Σ_{x of the class} e^{−α(s − δ)}) plus the mean over all classes of log(1 + Σ_{other x} e^{α(s + δ)}), with cosines s.
/// </summary>
/// <remarks>
/// The terms belong to classes, so class weights weigh the proxies. A sample weight w weighs the sample's exponentials, w·e^{…}: a row of
/// weight 2 counts like two equal rows, one of weight 0 not at all.
/// </remarks>
public sealed class ProxyAnchorLoss : EmbeddingLoss
{
    private static readonly Distances.CosineSimilarity Cosine = new();

    [TorchSharp.Utils.ComponentName(Name = "proxies")]
    private readonly Parameter _proxies;

    /// <summary>Makes the loss.</summary>
    /// <param name="classes">The number of classes C, at least 1.</param>
    /// <param name="dimension">The number of features D, at least 1.</param>
    /// <param name="margin">The margin δ, 0 … 2.</param>
    /// <param name="alpha">The scale α, greater than 0.</param>
    /// <param name="reduction">The reduction over the proxies of each part; null means the mean (the paper's).</param>
    /// <param name="seed">The seed of the proxies.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ProxyAnchorLoss(int classes, int dimension, double margin = 0.1, double alpha = 32, Reduction? reduction = null, long seed = 0)
        : base(nameof(ProxyAnchorLoss), reduction ?? Reduction.Mean)
    {
        Classes = Check.AtLeast(classes, 1, nameof(classes));
        Dimension = Check.AtLeast(dimension, 1, nameof(dimension));
        Margin = Check.Range(margin, 0, 2, nameof(margin));
        Alpha = Check.Positive(alpha, nameof(alpha));
        _proxies = new Parameter(RandomWeights.Normal(classes, dimension, 1 / Math.Sqrt(dimension), seed));
        RegisterComponents();
    }

    /// <summary>The number of classes C.</summary>
    public int Classes { get; }

    /// <summary>The number of features D.</summary>
    public int Dimension { get; }

    /// <summary>The margin δ.</summary>
    public double Margin { get; }

    /// <summary>The scale α.</summary>
    public double Alpha { get; }

    /// <summary>The proxies, [C, D]. Owned by the module.</summary>
    public Parameter Proxies => _proxies;

    /// <summary>The proxies, with the scale α.</summary>
    public override ClassVectors? LearnedClassVectors() => new(_proxies, Alpha);

    /// <inheritdoc/>
    protected override Tensor Compute(LossBatch batch)
    {
        Check.Dimension(batch.Embeddings, Dimension);
        Check.LabelsBelow(batch.Labels, Classes);
        Check.SameType(batch.Embeddings, _proxies);
        var classes = arange(Classes, device: batch.Labels.device);
        if (batch.SampleWeights is null && RowPass.Suits(batch, Reduction))
            return new ProxyAnchorRows(Margin, Alpha).Compute(_proxies, batch.Embeddings, batch.Labels, terms => Reduction.Apply(terms, classes, null));
        var same = classes.unsqueeze(1).eq(batch.Labels.unsqueeze(0)); // [C, B]
        var (own, other) = (same, same.logical_not());
        var cosine = Cosine.Between(_proxies, batch.Embeddings);
        var (pull, push) = ((cosine - Margin) * -Alpha, (cosine + Margin) * Alpha);
        if (batch.SampleWeights is { } weights)
        {
            var (counts, log) = (weights.gt(0), weights.clamp_min(finfo(weights.dtype).tiny).log());
            (own, other) = (own.logical_and(counts), other.logical_and(counts));
            (pull, push) = (pull + log, push + log); // w·e^z = e^{z + log w}
        }
        var positive = Masked.Softplus(Masked.LogSumExp(pull, own));
        var negative = Masked.Softplus(Masked.LogSumExp(push, other));
        return Reduction.Apply(LossTerms.PerSample(positive, own.any(1)), classes, null)
            + Reduction.Apply(LossTerms.PerSample(negative), classes, null);
    }
}
