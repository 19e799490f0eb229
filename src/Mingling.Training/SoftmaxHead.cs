using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mingling.Training;

/// <summary>The classifier on top of an embedding: dropout, then a linear layer without bias. [B, D] → logits [B, C].</summary>
public sealed class SoftmaxHead : nn.Module<Tensor, Tensor>
{
    private readonly Dropout dropout;
    private readonly Linear linear;

    /// <summary>Builds the head with freshly drawn weights.</summary>
    /// <param name="embeddingSize">The size D of the embedding.</param>
    /// <param name="classes">The number C of classes, at least 2.</param>
    /// <param name="dropoutRate">The share of embedding values set to 0 in training. Range: 0 to below 1.</param>
    public SoftmaxHead(int embeddingSize, int classes, double dropoutRate) : base(nameof(SoftmaxHead))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        dropout = nn.Dropout(dropoutRate);
        linear = nn.Linear(embeddingSize, classes, hasBias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor embeddings)
    {
        using var kept = dropout.call(embeddings);
        return linear.call(kept);
    }
}
